package io.narthex.runtime.internal.readiness;

import io.narthex.api.readiness.ReadinessCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Knows which parts the server needs, which of them are there, and why the others are not. */
@Component(service = ReadinessBoard.class)
public final class ReadinessBoard {
  /** The parts without which this is no monitoring server. */
  static final List<String> PARTS =
      List.of("web", "config", "storage", "promql", "scrape", "http-api");

  private final Bundle framework;
  private final MissingPart missingPart;

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private volatile List<ReadinessCheck> checks = List.of();

  /** Begins with nothing ready. */
  @Activate
  public ReadinessBoard(BundleContext context, @Reference ServiceComponentRuntime components) {
    this.framework = context.getBundle(0);
    this.missingPart = new MissingPart(context, components);
  }

  /**
   * What is missing, a line each; empty when the server is ready. Quick enough for every request.
   */
  public List<String> missing() {
    List<String> lines = new ArrayList<>();
    List<ReadinessCheck> now = checks;
    for (String part : PARTS) {
      Optional<ReadinessCheck> check = now.stream().filter(c -> c.part().equals(part)).findFirst();
      if (check.isEmpty()) {
        lines.add("%s: not there".formatted(part));
      } else {
        check.get().notReady().ifPresent(reason -> lines.add("%s: %s".formatted(part, reason)));
      }
    }
    if (framework.getState() != Bundle.ACTIVE) {
      lines.add("bundles: they are still being started, or are being stopped");
    }
    return lines;
  }

  /**
   * Why the parts that are not there are not there: the state of their bundles, and what these wait
   * for.
   */
  List<String> explainAbsent() {
    List<ReadinessCheck> now = checks;
    return PARTS.stream()
        .filter(part -> now.stream().noneMatch(check -> check.part().equals(part)))
        .map(missingPart::explain)
        .toList();
  }
}
