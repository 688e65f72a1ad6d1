package io.narthex.exporter.host.internal;

import io.narthex.spi.exporter.MetricSink;
import io.narthex.spi.exporter.MetricType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what an exporter has as text of the format 0.0.4, and refuses what is no metric. It is of
 * use on the thread that made it, until it is closed.
 */
final class TextSink implements MetricSink, AutoCloseable {
  private final Thread owner = Thread.currentThread();
  private final TextBuffer out;

  /** All names that samples of the families so far may have, with the family that has them. */
  private final Map<String, String> takenBy = new HashMap<>();

  private @Nullable OpenFamily current;
  private volatile boolean closed;

  TextSink(int maxBytes) {
    this.out = new TextBuffer(maxBytes);
  }

  @Override
  public Family family(String name, MetricType type, String help) {
    checkUsable();
    MetricRules.checkFamily(name, type);
    MetricRules.checkText("the help of \"%s\"".formatted(name), help);
    take(name, name);
    for (String suffix : suffixes(type)) {
      take(name + suffix, name);
    }
    if (!help.isEmpty()) {
      out.putAscii("# HELP ");
      out.putAscii(name);
      out.put(' ');
      out.putEscaped(help, false);
      out.put('\n');
    }
    out.putAscii("# TYPE ");
    out.putAscii(name);
    out.put(' ');
    out.putAscii(type.name().toLowerCase(Locale.ROOT));
    out.put('\n');
    OpenFamily family = new OpenFamily(name, type);
    current = family;
    return family;
  }

  /** All that was written. */
  byte[] text() {
    return out.toBytes();
  }

  /** After this the sink takes nothing any more. */
  @Override
  public void close() {
    closed = true;
  }

  private static String[] suffixes(MetricType type) {
    return switch (type) {
      case HISTOGRAM -> new String[] {"_bucket", "_sum", "_count"};
      case SUMMARY -> new String[] {"_sum", "_count"};
      case COUNTER, GAUGE, UNTYPED -> new String[0];
    };
  }

  private void take(String sampleName, String family) {
    String before = takenBy.putIfAbsent(sampleName, family);
    if (before == null) {
      return;
    }
    if (before.equals(family)) {
      throw RefusedMetricException.bad(
          ("family \"%s\" was begun before; each name may begin one family per" + " collection")
              .formatted(family));
    }
    throw RefusedMetricException.bad(
        ("family \"%s\" cannot be there beside family \"%s\": both have samples" + " named \"%s\"")
            .formatted(family, before, sampleName));
  }

  private void checkUsable() {
    if (closed) {
      throw new IllegalStateException("the metric sink was used after collect had returned");
    }
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          ("the metric sink was used on thread %s; it is for the thread that"
                  + " calls collect, %s")
              .formatted(Thread.currentThread().getName(), owner.getName()));
    }
  }

  private final class OpenFamily implements Family {
    private final String name;
    private final MetricType type;

    private OpenFamily(String name, MetricType type) {
      this.name = name;
      this.type = type;
    }

    @Override
    public Family sample(double value, String... labels) {
      checkCurrent();
      MetricRules.checkSample(name, type, value, labels);
      write("", value, labels);
      return this;
    }

    @Override
    public Family suffixed(String suffix, double value, String... labels) {
      checkCurrent();
      MetricRules.checkPart(name, type, suffix, labels);
      write(suffix, value, labels);
      return this;
    }

    private void checkCurrent() {
      checkUsable();
      if (current != this) {
        throw RefusedMetricException.bad(
            ("a sample of family \"%s\" came after family \"%s\" was begun; the"
                    + " samples of a family stay together")
                .formatted(name, current == null ? "" : current.name));
      }
    }

    private void write(String suffix, double value, String[] labels) {
      out.putAscii(name);
      out.putAscii(suffix);
      for (int i = 0; i < labels.length; i += 2) {
        out.put(i == 0 ? '{' : ',');
        out.putAscii(labels[i]);
        out.putAscii("=\"");
        out.putEscaped(labels[i + 1], true);
        out.put('"');
      }
      if (labels.length > 0) {
        out.put('}');
      }
      out.put(' ');
      out.putNumber(value);
      out.put('\n');
    }
  }
}
