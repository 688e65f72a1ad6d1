package io.narthex.pushgateway.internal.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.model.Label;
import io.narthex.pushgateway.internal.exposition.Count;
import io.narthex.pushgateway.internal.exposition.Metric;
import io.narthex.pushgateway.internal.exposition.MetricFamily;
import io.narthex.pushgateway.internal.exposition.MetricType;
import io.narthex.pushgateway.internal.exposition.MetricValue;
import io.narthex.pushgateway.internal.group.GroupFormat.BadGroupException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class GroupFormatTest {
  private static final long SEED = 20_261_125;

  @Test
  void groupsComeBackAsTheyWere() throws Exception {
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      PushedGroup group = group(random);
      assertThat(GroupFormat.read(GroupFormat.write(group))).isEqualTo(group);
    }
  }

  /** A released version is never changed: these bytes must always be read as this group. */
  @Test
  void versionOneStaysAsItIs() throws Exception {
    SequencedMap<String, StoredFamily> families = new LinkedHashMap<>();
    List<Label> labels = List.of(new Label("instance", ""), new Label("job", "a"));
    families.put(
        "m",
        new StoredFamily(
            3,
            new MetricFamily(
                "m",
                "h",
                MetricType.GAUGE,
                List.of(new Metric(labels, new MetricValue.Gauge(1.5))))));
    PushedGroup group = new PushedGroup(GroupLabels.of(Map.of("job", "a")), 1, 2, 300, families);
    String hex =
        "0106036a6f620161016d016808696e7374616e6365000100010102ac0201020103010301020405000"
            + "13ff8000000000000";
    assertThat(HexFormat.of().formatHex(GroupFormat.write(group))).isEqualTo(hex);
    assertThat(GroupFormat.read(HexFormat.of().parseHex(hex))).isEqualTo(group);
  }

  @Test
  void brokenValuesAreRefusedWithAMessage() {
    Random random = new Random(SEED);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] value = GroupFormat.write(group(random));
      if (random.nextInt(3) == 0) {
        value = Arrays.copyOf(value, random.nextInt(value.length));
      } else {
        value[random.nextInt(value.length)] = (byte) random.nextInt(256);
      }
      try {
        GroupFormat.read(value);
      } catch (BadGroupException e) {
        assertThat(e).hasMessageMatching("(?s).{3,}");
        refused++;
      }
    }
    assertThat(refused).isBetween(5_000, 19_000);
  }

  @Test
  void otherVersionsAreRefused() {
    assertThatThrownBy(() -> GroupFormat.read(new byte[] {2, 0}))
        .isInstanceOf(BadGroupException.class)
        .hasMessage("it is of version 2, and only version 1 is known");
    assertThatThrownBy(() -> GroupFormat.read(new byte[0]))
        .isInstanceOf(BadGroupException.class)
        .hasMessage("it is of version 0, and only version 1 is known");
  }

  private static PushedGroup group(Random random) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("job", "j" + random.nextInt(3));
    for (int n = random.nextInt(3); n > 0; n--) {
      labels.put("l" + random.nextInt(5), "ä😀" + random.nextInt(1000));
    }
    GroupLabels group = GroupLabels.of(labels);
    SequencedMap<String, StoredFamily> families = new LinkedHashMap<>();
    for (int n = random.nextInt(5); n > 0; n--) {
      MetricFamily family = family("m" + random.nextInt(20), random);
      families.put(family.name(), new StoredFamily(Math.abs(random.nextLong()), family));
    }
    return new PushedGroup(
        group, random.nextInt(), Math.abs(random.nextLong()), random.nextInt(), families);
  }

  private static MetricFamily family(String name, Random random) {
    MetricType type = MetricType.values()[random.nextInt(MetricType.values().length)];
    List<Metric> metrics = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      metrics.add(new Metric(List.of(new Label("x", "v" + n)), value(type, random)));
    }
    return new MetricFamily(name, random.nextBoolean() ? "help" : null, type, metrics);
  }

  private static MetricValue value(MetricType type, Random random) {
    double number = Double.longBitsToDouble(random.nextLong());
    return switch (type) {
      case COUNTER -> new MetricValue.Counter(number);
      case GAUGE -> new MetricValue.Gauge(number);
      case UNTYPED -> new MetricValue.Untyped(number);
      case SUMMARY ->
          new MetricValue.Summary(
              random.nextLong(),
              number,
              List.of(new MetricValue.Quantile(0.5, 2), new MetricValue.Quantile(0.9, number)));
      case HISTOGRAM, GAUGE_HISTOGRAM -> {
        boolean fractional = random.nextBoolean();
        yield new MetricValue.Histogram(
            count(fractional, random),
            number,
            List.of(
                new MetricValue.Bucket(0.5, count(fractional, random)),
                new MetricValue.Bucket(Double.POSITIVE_INFINITY, count(fractional, random))));
      }
    };
  }

  private static Count count(boolean fractional, Random random) {
    return fractional ? Count.fractional(random.nextDouble()) : Count.whole(random.nextLong());
  }
}
