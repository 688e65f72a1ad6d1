package io.narthex.alerting.internal.config;

import io.narthex.alerting.internal.interval.TimeInterval;
import io.narthex.alerting.internal.matcher.Matchers;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Section;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decodes the text of an {@code alertmanager.yml} and of the template files it names. Everything
 * that is wrong is found in one go. May be used from any thread.
 */
public final class AlertmanagerYaml {
  private static final RouteConfig NO_ROUTE =
      new RouteConfig(
          "",
          Optional.empty(),
          false,
          Matchers.NONE,
          false,
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  private final NotifierKinds kinds;
  private final ConfigFiles files;

  /**
   * A decoder.
   *
   * @param files where the files come from that it names
   */
  public AlertmanagerYaml(NotifierKinds kinds, ConfigFiles files) {
    this.kinds = kinds;
    this.files = files;
  }

  /**
   * Decodes a file.
   *
   * @param origin the file's name, for messages, and for the folder that relative paths are
   *     relative to
   * @throws BadConfigurationException if anything is wrong with it
   */
  public Loaded decode(String origin, String text) {
    SourceFile file = new SourceFile(origin, text);
    if (file.root().isNull()) {
      // What cannot be read at all would otherwise lack everything.
      file.refuseIfBad();
    }
    Section root = file.section();
    Duration resolveTimeout =
        GlobalDecoder.resolveTimeout(
            root.section("global").orElseGet(() -> root.section("global", ConfigNode.nothing())));
    Map<String, Receiver> receivers = new ReceiverDecoder(kinds).decode(root);
    Map<String, List<TimeInterval>> intervals = IntervalDecoder.decode(root);
    RouteConfig route = route(root, receivers, intervals);
    List<InhibitRule> inhibitRules = InhibitDecoder.decode(root);
    NotifierSettings notifiers =
        new NotifierSettings(
            root.value("global").orElseGet(ConfigNode::nothing),
            file.directory(),
            root.position("templates"),
            TemplateDecoder.decode(root, files),
            List.copyOf(receivers.values()));
    Optional<Section> tracing = TracingDecoder.check(root);
    TracingDecoder.refuseRecorder(root);
    root.refuseOthers();
    kinds.check(notifiers, file.problems());
    TlsFiles.check(notifiers, files, file.problems());
    file.refuseIfBad();
    return new Loaded(
        new AlertmanagerConfig(
            origin, resolveTimeout, route, inhibitRules, intervals, notifiers, ShownText.of(root)),
        tracing
            .map(section -> "tracing (%s)".formatted(file.place(section.position())))
            .map(List::of)
            .orElse(List.of()));
  }

  private static RouteConfig route(
      Section root, Map<String, Receiver> receivers, Map<String, List<TimeInterval>> intervals) {
    Optional<Section> route = root.section("route");
    if (route.isEmpty()) {
      Position at = root.position("route");
      if (root.node().isNull() || root.isMapping()) {
        root.report(at, "route is missing; it says which receiver gets the alerts");
      }
      return NO_ROUTE;
    }
    return new RouteDecoder(receivers.keySet(), intervals.keySet()).root(route.get());
  }
}
