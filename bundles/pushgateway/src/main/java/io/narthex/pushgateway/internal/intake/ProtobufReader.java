package io.narthex.pushgateway.internal.intake;

import io.narthex.api.model.NameValidation;
import io.narthex.pushgateway.internal.exposition.GoQuote;
import io.narthex.pushgateway.internal.exposition.MemoryWeight;
import io.narthex.pushgateway.internal.exposition.Metric;
import io.narthex.pushgateway.internal.exposition.MetricFamily;
import io.narthex.pushgateway.internal.exposition.MetricType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages of the type {@code io.prometheus.client.MetricFamily}, each after its length. Of
 * families with the same name the last one counts. Exemplars and the times at which metrics were
 * created are passed over, since the text format cannot show them.
 */
public final class ProtobufReader {
  // The tags of the fields: the number of the field, and the kind.
  private static final int NAME = 1 << 3 | 2;
  private static final int HELP = 2 << 3 | 2;
  private static final int TYPE = 3 << 3;
  private static final int METRIC = 4 << 3 | 2;

  private static final MetricType[] TYPES = MetricType.values();

  private final Map<String, MetricFamily> families = new LinkedHashMap<>();
  private final IntakeMemory.Share memory;
  private final ProtobufMetrics metrics;

  private ProtobufReader(IntakeMemory.Share memory) {
    this.memory = memory;
    this.metrics = new ProtobufMetrics(memory);
  }

  /**
   * Reads the first bytes of an array.
   *
   * @param memory accounts for what is read
   * @throws PushTooLargeException as soon as that is too much
   */
  public static ParsedPush parse(byte[] body, int length, IntakeMemory.Share memory)
      throws PushFormatException {
    ProtobufReader reader = new ProtobufReader(memory);
    Wire in = new Wire(body, 0, length);
    while (!in.atEnd()) {
      int at = in.position();
      try {
        reader.family(in.delimited());
      } catch (FamilyException e) {
        throw new PushFormatException(
            "%s, in the message at byte %d".formatted(e.getMessage(), at));
      }
    }
    return new ParsedPush(new ArrayList<>(reader.families.values()), reader.metrics.timestamped());
  }

  private void family(Wire in) throws PushFormatException, FamilyException {
    memory.add(MemoryWeight.FAMILY);
    String name = null;
    String help = null;
    MetricType type = MetricType.COUNTER;
    List<Wire> parts = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case NAME -> {
          name = in.text();
          if (name == null) {
            throw new FamilyException("a metric name is no UTF-8");
          }
        }
        case HELP -> {
          help = in.anyText();
        }
        case TYPE -> {
          long number = in.varint();
          // What a number stands for that is not known is not known either: upstream passes it.
          type = number >= 0 && number < TYPES.length ? TYPES[(int) number] : type;
        }
        case METRIC -> {
          memory.add(MemoryWeight.METRIC);
          parts.add(in.message());
        }
        default -> in.skip();
      }
    }
    add(name, help, type, parts);
  }

  private void add(@Nullable String name, @Nullable String help, MetricType type, List<Wire> parts)
      throws PushFormatException, FamilyException {
    if (name == null || !NameValidation.LEGACY.isMetricName(name)) {
      throw new FamilyException("invalid metric name " + GoQuote.quote(name == null ? "" : name));
    }
    List<Metric> read = new ArrayList<>(parts.size());
    for (Wire part : parts) {
      read.add(metrics.read(part, type, name));
    }
    families.remove(name);
    families.put(name, new MetricFamily(name, help, type, read));
  }

  /** What is wrong with a family whose bytes are well formed. */
  static final class FamilyException extends Exception {
    private static final long serialVersionUID = 1L;

    FamilyException(String message) {
      super(message);
    }
  }
}
