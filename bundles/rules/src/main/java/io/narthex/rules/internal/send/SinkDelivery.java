package io.narthex.rules.internal.send;

import io.narthex.api.alerting.Alert;
import io.narthex.api.alerting.AlertSink;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.error.ErrorKind;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.relabel.RelabelRule;
import io.narthex.api.relabel.Relabeller;
import io.narthex.api.relabel.Relabelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands alerts to the sink that is there, with the external labels and after the relabelling of the
 * configuration in force. For use by one thread at a time.
 */
public final class SinkDelivery implements Delivery {
  private static final Logger logger = LoggerFactory.getLogger(SinkDelivery.class);

  private final Supplier<@Nullable AlertSink> sink;
  private final Supplier<@Nullable Relabelling> relabelling;
  private final Supplier<Optional<PrometheusConfig>> configuration;

  private List<RelabelRule> compiledRules = List.of();
  private @Nullable Relabelling compiledBy;
  private @Nullable Relabeller compiled;

  /** A delivery by what is there when it happens. */
  public SinkDelivery(
      Supplier<@Nullable AlertSink> sink,
      Supplier<@Nullable Relabelling> relabelling,
      Supplier<Optional<PrometheusConfig>> configuration) {
    this.sink = sink;
    this.relabelling = relabelling;
    this.configuration = configuration;
  }

  @Override
  public boolean isPossible() {
    return sink.get() != null;
  }

  @Override
  public boolean deliver(List<Alert> alerts) {
    AlertSink to = sink.get();
    Optional<PrometheusConfig> config = configuration.get();
    if (to == null || config.isEmpty()) {
      return false;
    }
    List<RelabelRule> rules = config.get().rules().alertRelabelling();
    Relabeller relabeller = rules.isEmpty() ? labels -> labels : relabeller(rules);
    if (relabeller == null) {
      return false;
    }
    List<Alert> outgoing = relabelled(alerts, config.get().global().externalLabels(), relabeller);
    return outgoing.isEmpty() || accept(to, outgoing);
  }

  private @Nullable Relabeller relabeller(List<RelabelRule> rules) {
    Relabelling by = relabelling.get();
    if (by == null) {
      compiled = null;
      compiledBy = null;
    } else if (compiled == null || compiledBy != by || !compiledRules.equals(rules)) {
      compiled = by.compile(rules);
      compiledBy = by;
      compiledRules = rules;
    }
    return compiled;
  }

  private static List<Alert> relabelled(
      List<Alert> alerts, Labels externalLabels, Relabeller relabeller) {
    List<Alert> relabelled = new ArrayList<>(alerts.size());
    for (Alert alert : alerts) {
      Labels labels = relabeller.apply(withExternal(alert.labels(), externalLabels));
      if (labels != null && !labels.isEmpty()) {
        relabelled.add(
            new Alert(
                labels,
                alert.annotations(),
                alert.startsAt(),
                alert.endsAt(),
                alert.generatorUrl()));
      }
    }
    return relabelled;
  }

  private static Labels withExternal(Labels labels, Labels externalLabels) {
    Labels.Builder all = labels.toBuilder();
    for (int i = 0; i < externalLabels.size(); i++) {
      if (!labels.has(externalLabels.name(i))) {
        all.set(externalLabels.name(i), externalLabels.value(i));
      }
    }
    return all.build();
  }

  private static boolean accept(AlertSink to, List<Alert> alerts) {
    try {
      to.accept(alerts);
      return true;
    } catch (NarthexException e) {
      if (e.code().kind() == ErrorKind.UNAVAILABLE) {
        return false;
      }
      logger
          .atError()
          .addKeyValue("alerts", alerts.size())
          .addKeyValue("err", e.getMessage())
          .log("alerts were refused");
      return true;
    } catch (RuntimeException e) {
      // They are sent again with the next resend; trying at once would fail likewise.
      logger.atError().addKeyValue("alerts", alerts.size()).setCause(e).log("alerts were lost");
      return true;
    }
  }
}
