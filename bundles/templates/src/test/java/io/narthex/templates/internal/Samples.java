package io.narthex.templates.internal;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.query.QueryValue;
import io.narthex.api.template.TemplateContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The data of the cases, the same that Go had. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.006Z");
  static final TemplateContext CONTEXT = new Context();

  private static final Instant ZERO = Instant.parse("0001-01-01T00:00:00Z");

  private static final class Context implements TemplateContext {
    @Override
    public String externalUrl() {
      return "http://prom.example.com:9090/path";
    }

    @Override
    public Instant now() {
      return NOW;
    }

    @Override
    public List<QueryValue.Sample> query(String expression) {
      return switch (expression) {
        case "up" -> List.of(up("b:1", 1), up("a:1", 0.25));
        case "text" -> List.of(new QueryValue.Sample(Labels.of("__value__", "v"), 0, 3));
        case "none" -> List.of();
        default ->
            throw new NarthexException(
                new ErrorCode("test/query", ErrorKind.BAD_DATA), "no such query: " + expression);
      };
    }
  }

  private Samples() {}

  private static QueryValue.Sample up(String instance, double value) {
    return new QueryValue.Sample(
        Labels.of("__name__", "up", "job", "node", "instance", instance), 0, value);
  }

  static SortedMap<String, String> map(String... pairs) {
    SortedMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  static GoObject rule() {
    return GoObject.of(
        "struct { Labels map[string]string; ExternalLabels map[string]string; ExternalURL string;"
            + " Value interface {} }",
        Map.of(
            "Labels",
            map("instance", "web.example.com:9100", "job", "node", "n", "a<b>&\"'+"),
            "ExternalLabels",
            map("region", "eu"),
            "ExternalURL",
            "http://prom.example.com:9090/path",
            "Value",
            0.9));
  }

  static GoObject notification() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Receiver", "team-x");
    fields.put("Status", "firing");
    fields.put(
        "Alerts",
        GoObject.alerts(
            List.of(
                alert(
                    "firing",
                    "a:1",
                    "2026-01-02T03:04:05.006Z",
                    ZERO,
                    "http://p/graph?g0.expr=up",
                    "00ff"),
                alert(
                    "resolved",
                    "b:2",
                    "2026-01-02T03:00:00Z",
                    Instant.parse("2026-01-02T04:30:15.5Z"),
                    "http://p/x",
                    "0a0b"),
                alert("firing", "c:3", "2025-12-31T23:59:59Z", ZERO, "", "11"))));
    fields.put("NotificationReason", "first");
    fields.put("GroupLabels", GoObject.kv(map("alertname", "Down")));
    fields.put("CommonLabels", GoObject.kv(map("alertname", "Down", "zone", "z", "cluster", "c1")));
    fields.put("CommonAnnotations", GoObject.kv(map()));
    fields.put("RouteLabels", GoObject.kv(map()));
    fields.put("ExternalURL", "http://am.example.com/alertmanager");
    return GoObject.of("*template.Data", fields)
        .json(
            "receiver",
            "status",
            "alerts",
            "notification_reason",
            "groupLabels",
            "commonLabels",
            "commonAnnotations",
            "routeLabels",
            "externalURL");
  }

  private static GoObject alert(
      String status, String instance, String from, Instant to, String url, String fingerprint) {
    boolean first = instance.equals("a:1");
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Status", status);
    fields.put("Labels", GoObject.kv(map("alertname", "Down", "instance", instance)));
    fields.put("Annotations", GoObject.kv(first ? map("summary", "it is <down>") : map()));
    fields.put("StartsAt", Instant.parse(from));
    fields.put("EndsAt", to);
    fields.put("GeneratorURL", url);
    fields.put("Fingerprint", fingerprint);
    return GoObject.of("template.Alert", fields)
        .json(
            "status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint");
  }
}
