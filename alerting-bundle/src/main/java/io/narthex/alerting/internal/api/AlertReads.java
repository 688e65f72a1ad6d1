package io.narthex.alerting.internal.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.alerting.internal.Alertmanager;
import io.narthex.alerting.internal.alert.AlertStatus;
import io.narthex.alerting.internal.alert.StoredAlert;
import io.narthex.alerting.internal.dispatch.AlertGroup;
import io.narthex.alerting.internal.route.Route;
import io.narthex.alerting.internal.route.RouteTree;
import io.narthex.api.model.Labels;
import io.narthex.api.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers what alerts and groups there are. */
final class AlertReads {
  private final Alertmanager alertmanager;
  private final Clock clock;

  AlertReads(Alertmanager alertmanager, Clock clock) {
    this.alertmanager = alertmanager;
    this.clock = clock;
  }

  /** An alert that is asked for, in one place. */
  private record Found(StoredAlert alert, AlertStatus status, List<String> receivers) {}

  /** A group that is asked for, with its alerts that are. */
  private record FoundGroup(AlertGroup group, List<Found> alerts) {}

  Answer alerts(QueryParameters query) {
    AlertFilter filter = new AlertFilter(query, alertmanager, clock.wallMillis());
    RouteTree routes = alertmanager.routes();
    List<Found> found = new ArrayList<>();
    for (StoredAlert alert : alertmanager.alerts()) {
      if (filter.hasAlert(alert)) {
        List<String> receivers =
            routes.match(alert.labels()).stream().map(Route::receiver).toList();
        // Upstream: each of the two parameters may be met by another receiver.
        if (receivers.stream().anyMatch(filter::matchesName)
            && receivers.stream().anyMatch(filter::matchesLabels)) {
          AlertStatus status = alertmanager.status(alert.labels());
          if (filter.hasStatus(status)) {
            found.add(new Found(alert, status, receivers));
          }
        }
      }
    }
    found.sort(Comparator.comparing(each -> each.alert().fingerprintText()));
    return Answer.of(
        200,
        json -> {
          json.writeStartArray();
          for (Found each : found) {
            AlertJson.write(json, each.alert(), each.status(), each.receivers(), List.of());
          }
          json.writeEndArray();
        });
  }

  Answer groups(QueryParameters query) {
    AlertFilter filter = new AlertFilter(query, alertmanager, clock.wallMillis());
    boolean muted = query.isOn("muted");
    Map<Labels, List<String>> receivers = new HashMap<>();
    List<FoundGroup> found = new ArrayList<>();
    for (AlertGroup group : alertmanager.groups()) {
      if (filter.hasReceiver(group.receiver())) {
        List<Found> alerts = alerts(group, filter, receivers);
        if (!alerts.isEmpty() && (muted || group.mutedBy().isEmpty())) {
          found.add(new FoundGroup(group, alerts));
        }
      }
    }
    receivers.values().forEach(names -> names.sort(Comparator.naturalOrder()));
    return Answer.of(200, json -> writeGroups(json, found));
  }

  /**
   * The alerts of a group that are asked for.
   *
   * @param receivers by alert, of all groups; filled up
   */
  private List<Found> alerts(
      AlertGroup group, AlertFilter filter, Map<Labels, List<String>> receivers) {
    List<Found> found = new ArrayList<>();
    for (StoredAlert alert : group.alerts()) {
      if (filter.hasAlert(alert)) {
        AlertStatus status = alertmanager.status(alert.labels());
        if (filter.hasStatus(status)) {
          List<String> names =
              receivers.computeIfAbsent(alert.labels(), labels -> new ArrayList<>());
          names.add(group.receiver());
          found.add(new Found(alert, status, names));
        }
      }
    }
    return found;
  }

  private static void writeGroups(JsonGenerator json, List<FoundGroup> groups) throws IOException {
    json.writeStartArray();
    for (FoundGroup each : groups) {
      json.writeStartObject();
      json.writeArrayFieldStart("alerts");
      for (Found alert : each.alerts()) {
        AlertJson.write(
            json, alert.alert(), alert.status(), alert.receivers(), each.group().mutedBy());
      }
      json.writeEndArray();
      Json.labels(json, "labels", each.group().labels());
      json.writeObjectFieldStart("receiver");
      json.writeStringField("name", each.group().receiver());
      json.writeEndObject();
      Json.labels(json, "routeLabels", Labels.EMPTY);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
