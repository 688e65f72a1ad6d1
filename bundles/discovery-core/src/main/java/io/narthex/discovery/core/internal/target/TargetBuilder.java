package io.narthex.discovery.core.internal.target;

import static io.narthex.discovery.core.internal.target.TargetLabels.ADDRESS;
import static io.narthex.discovery.core.internal.target.TargetLabels.INSTANCE;
import static io.narthex.discovery.core.internal.target.TargetLabels.INTERVAL;
import static io.narthex.discovery.core.internal.target.TargetLabels.JOB;
import static io.narthex.discovery.core.internal.target.TargetLabels.META;
import static io.narthex.discovery.core.internal.target.TargetLabels.PARAM;
import static io.narthex.discovery.core.internal.target.TargetLabels.PATH;
import static io.narthex.discovery.core.internal.target.TargetLabels.RESERVED;
import static io.narthex.discovery.core.internal.target.TargetLabels.SCHEME;
import static io.narthex.discovery.core.internal.target.TargetLabels.TIMEOUT;
import static io.narthex.discovery.core.internal.target.TargetLabels.UNIX_SOCKET;

import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.model.Labels;
import io.narthex.api.model.NameValidation;
import io.narthex.api.relabel.Relabeller;
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
 * Makes a target of labels that were found, in upstream's order: fills in what the scrape config
 * says, relabels, checks, and leaves out what is not for the series. For use by one thread.
 */
final class TargetBuilder {
  private final ScrapeConfig config;
  private final Relabeller relabeller;
  private final HistogramOverrides histograms;

  /** What stands in the labels of a target where nothing that was found says otherwise. */
  private final Labels defaults;

  TargetBuilder(ScrapeConfig config, Relabeller relabeller) {
    this.config = config;
    this.relabeller = relabeller;
    this.histograms = new HistogramOverrides(config.options());
    this.defaults = defaults();
  }

  private Labels defaults() {
    Labels.Builder labels = Labels.builder();
    config
        .params()
        .forEach(
            (name, values) -> {
              if (!values.isEmpty()) {
                labels.set(PARAM + name, values.getFirst());
              }
            });
    labels.set(JOB, config.jobName());
    labels.set(INTERVAL, DurationSyntax.format(config.scrapeInterval()));
    labels.set(TIMEOUT, DurationSyntax.format(config.scrapeTimeout()));
    labels.set(PATH, config.metricsPath());
    labels.set(SCHEME, config.scheme());
    histograms.addDefaults(labels);
    return labels.build();
  }

  /** What becomes of a target with these labels, in a group with those. */
  Outcome build(Labels target, Labels group) {
    Labels discovered = discovered(target, group);
    Labels labels = relabeller.apply(discovered);
    if (labels == null) {
      return new Outcome.Dropped(discovered);
    }
    try {
      return kept(discovered, labels);
    } catch (BadTargetException e) {
      return new Outcome.Bad(discovered, e.problem());
    }
  }

  private Labels discovered(Labels target, Labels group) {
    Labels.Builder labels = defaults.toBuilder();
    setAll(labels, group);
    setAll(labels, target);
    return labels.build();
  }

  private static void setAll(Labels.Builder labels, Labels from) {
    for (int i = 0; i < from.size(); i++) {
      labels.set(from.name(i), from.value(i));
    }
  }

  private Outcome kept(Labels discovered, Labels labels) throws BadTargetException {
    checkAddress(labels);
    Duration every = duration(INTERVAL, labels.get(INTERVAL));
    Duration within = duration(TIMEOUT, labels.get(TIMEOUT));
    if (within.compareTo(every) > 0) {
      throw new BadTargetException(
          "label %s (%s) is greater than %s (%s); it must not be"
              .formatted(TIMEOUT, labels.get(TIMEOUT), INTERVAL, labels.get(INTERVAL)));
    }
    Labels identity = identity(labels);
    checkValues(identity);
    Target target =
        new Target(
            config.jobName(),
            identity.filter(name -> !name.startsWith(RESERVED)),
            discovered,
            new TargetEndpoint.Http(url(labels)),
            every,
            within,
            histograms.of(labels));
    return new Outcome.Kept(target, identity);
  }

  private static void checkAddress(Labels labels) throws BadTargetException {
    if (labels.has(UNIX_SOCKET)) {
      throw new BadTargetException(
          "label %s: this version of Narthex does not support Unix sockets yet"
              .formatted(UNIX_SOCKET));
    }
    String address = labels.get(ADDRESS);
    if (address.isEmpty()) {
      throw new BadTargetException("no address: label %s must be host:port".formatted(ADDRESS));
    }
    if (address.indexOf('/') >= 0) {
      throw new BadTargetException(
          "\"%s\" is not a valid hostname: label %s must be host:port".formatted(address, ADDRESS));
    }
  }

  private static Labels identity(Labels labels) {
    Labels identity = labels.filter(name -> !name.startsWith(META));
    return identity.has(INSTANCE)
        ? identity
        : identity.toBuilder().set(INSTANCE, labels.get(ADDRESS)).build();
  }

  private static void checkValues(Labels labels) throws BadTargetException {
    for (int i = 0; i < labels.size(); i++) {
      // A value may hold what a name of the UTF-8 scheme may.
      if (!NameValidation.UTF8.isLabelName(labels.value(i))) {
        throw new BadTargetException(
            "the value of label %s is not valid UTF-8".formatted(labels.name(i)));
      }
    }
  }

  private URI url(Labels labels) throws BadTargetException {
    String scheme = labels.get(SCHEME);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new BadTargetException(
          "label %s must be http or https, got \"%s\"".formatted(SCHEME, scheme));
    }
    return ScrapeUrl.of(scheme, labels.get(ADDRESS), labels.get(TargetLabels.PATH), params(labels));
  }

  /** The config's parameters, the first value of each replaced by what a label says. */
  private Map<String, List<String>> params(Labels labels) {
    if (config.params().isEmpty() && !hasParams(labels)) {
      return Map.of();
    }
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

  private static boolean hasParams(Labels labels) {
    for (int i = 0; i < labels.size(); i++) {
      if (labels.name(i).startsWith(PARAM)) {
        return true;
      }
    }
    return false;
  }

  private static void setFirst(List<String> values, String value) {
    if (values.isEmpty()) {
      values.add(value);
    } else {
      values.set(0, value);
    }
  }

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
