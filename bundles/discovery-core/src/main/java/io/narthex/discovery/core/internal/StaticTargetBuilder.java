package io.narthex.discovery.core.internal;

import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.model.Labels;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetEndpoint;
import io.narthex.api.time.DurationSyntax;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a target of an address and labels: fills in what the scrape config says, then checks, as
 * upstream does.
 */
final class StaticTargetBuilder {
  private static final String ADDRESS = "__address__";
  private static final String SCHEME = "__scheme__";
  private static final String PATH = "__metrics_path__";
  private static final String INTERVAL = "__scrape_interval__";
  private static final String TIMEOUT = "__scrape_timeout__";
  private static final String PARAM = "__param_";
  private static final String RESERVED = "__";

  private final ScrapeConfig config;

  StaticTargetBuilder(ScrapeConfig config) {
    this.config = config;
  }

  /**
   * The target.
   *
   * @param groupLabels the labels of its group
   * @throws BadTargetException if it cannot be scraped
   */
  Target build(String address, Labels groupLabels) throws BadTargetException {
    Labels discovered = discovered(address, groupLabels);
    if (!discovered.has(ADDRESS)) {
      throw new BadTargetException("it has no address; an address is host:port");
    }
    Duration interval = duration(INTERVAL, discovered.get(INTERVAL));
    Duration timeout = duration(TIMEOUT, discovered.get(TIMEOUT));
    if (timeout.compareTo(interval) > 0) {
      throw new BadTargetException(
          "label %s (%s) is greater than %s (%s); it must not be"
              .formatted(TIMEOUT, discovered.get(TIMEOUT), INTERVAL, discovered.get(INTERVAL)));
    }
    return new Target(
        config.jobName(),
        visible(discovered),
        discovered,
        new TargetEndpoint.Http(url(discovered)),
        interval,
        timeout,
        config.honorLabels(),
        config.honorTimestamps());
  }

  private Labels discovered(String address, Labels groupLabels) {
    Labels.Builder labels = groupLabels.toBuilder();
    labels.set(ADDRESS, address);
    setIfAbsent(labels, "job", config.jobName());
    setIfAbsent(labels, INTERVAL, DurationSyntax.format(config.scrapeInterval()));
    setIfAbsent(labels, TIMEOUT, DurationSyntax.format(config.scrapeTimeout()));
    setIfAbsent(labels, PATH, config.metricsPath());
    setIfAbsent(labels, SCHEME, config.scheme());
    config
        .params()
        .forEach(
            (name, values) -> {
              if (!values.isEmpty()) {
                setIfAbsent(labels, PARAM + name, values.getFirst());
              }
            });
    return labels.build();
  }

  private static void setIfAbsent(Labels.Builder labels, String name, String value) {
    if (!labels.has(name)) {
      labels.set(name, value);
    }
  }

  private static Labels visible(Labels discovered) {
    Labels.Builder labels = discovered.filter(name -> !name.startsWith(RESERVED)).toBuilder();
    setIfAbsent(labels, "instance", discovered.get(ADDRESS));
    return labels.build();
  }

  private URI url(Labels labels) throws BadTargetException {
    String scheme = labels.get(SCHEME);
    if (!scheme.equals("http")) {
      throw new BadTargetException(
          "label %s is \"%s\"; this version of Narthex supports only \"http\""
              .formatted(SCHEME, scheme));
    }
    return ScrapeUrl.of(scheme, labels.get(ADDRESS), labels.get(PATH), params(labels));
  }

  /** The config's parameters, the first value of each replaced by what a label says. */
  private Map<String, List<String>> params(Labels labels) {
    Map<String, List<String>> params = new HashMap<>();
    config.params().forEach((name, values) -> params.put(name, new ArrayList<>(values)));
    for (int i = 0; i < labels.size(); i++) {
      if (labels.name(i).startsWith(PARAM)) {
        String name = labels.name(i).substring(PARAM.length());
        setFirst(params.computeIfAbsent(name, n -> new ArrayList<>()), labels.value(i));
      }
    }
    return params;
  }

  private static void setFirst(List<String> values, String value) {
    if (values.isEmpty()) {
      values.add(value);
    } else {
      values.set(0, value);
    }
  }

  /** What a label says. */
  private static Duration duration(String label, String text) throws BadTargetException {
    try {
      Duration duration = DurationSyntax.parse(text);
      if (!duration.isZero()) {
        return duration;
      }
    } catch (IllegalArgumentException e) {
      throw badDuration(label, text);
    }
    throw badDuration(label, text);
  }

  private static BadTargetException badDuration(String label, String text) {
    return new BadTargetException(
        "label %s must be a duration above 0 such as 15s or 1m30s, got \"%s\""
            .formatted(label, text));
  }
}
