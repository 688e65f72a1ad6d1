package io.narthex.tck.exporter;

import io.narthex.spi.exporter.Exporter;
import io.narthex.spi.exporter.MetricSink;
import io.narthex.spi.exporter.MetricType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an exporter had, for tests to look at: {@code
 * CollectedMetrics.of(exporter).value("dice_rolls_total", "face", "6")}.
 */
public final class CollectedMetrics {
  private final Map<String, CollectedFamily> families = new LinkedHashMap<>();
  private final List<String> beginnings = new ArrayList<>();

  private CollectedMetrics() {}

  /**
   * A sample.
   *
   * @param name with the suffix, if it has one
   */
  public record CollectedSample(String name, Map<String, String> labels, double value) {}

  /** A family with its samples in the order they came. */
  public record CollectedFamily(
      String name, MetricType type, String help, List<CollectedSample> samples) {}

  /** Collects once. */
  public static CollectedMetrics of(Exporter exporter) throws Exception {
    CollectedMetrics collected = new CollectedMetrics();
    exporter.collect(collected.new Sink());
    return collected;
  }

  /** The families in the order they came. */
  public List<CollectedFamily> families() {
    return List.copyOf(families.values());
  }

  /** The names of the families as they were begun, repetitions included. */
  public List<String> beginnings() {
    return List.copyOf(beginnings);
  }

  /** The value of the sample with exactly these labels, names and values alternating. */
  public double value(String name, String... labels) {
    Map<String, String> wanted = pairs(labels);
    return families.values().stream()
        .flatMap(family -> family.samples().stream())
        .filter(sample -> sample.name().equals(name) && sample.labels().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no sample %s%s".formatted(name, wanted)))
        .value();
  }

  private static Map<String, String> pairs(String[] labels) {
    if (labels.length % 2 != 0) {
      throw new IllegalArgumentException(
          "labels are pairs of a name and a value, got %d strings".formatted(labels.length));
    }
    Map<String, String> pairs = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      if (pairs.put(labels[i], labels[i + 1]) != null) {
        throw new IllegalArgumentException("label \"%s\" is given twice".formatted(labels[i]));
      }
    }
    return pairs;
  }

  private final class Sink implements MetricSink {
    @Override
    public Family family(String name, MetricType type, String help) {
      beginnings.add(name);
      CollectedFamily family = new CollectedFamily(name, type, help, new ArrayList<>());
      families.put(name, family);
      return new SampleSink(family);
    }
  }

  private record SampleSink(CollectedFamily family) implements MetricSink.Family {
    @Override
    public MetricSink.Family sample(double value, String... labels) {
      return suffixed("", value, labels);
    }

    @Override
    public MetricSink.Family suffixed(String suffix, double value, String... labels) {
      family.samples().add(new CollectedSample(family.name() + suffix, pairs(labels), value));
      return this;
    }
  }
}
