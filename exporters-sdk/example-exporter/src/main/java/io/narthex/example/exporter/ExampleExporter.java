package io.narthex.example.exporter;

import io.narthex.spi.exporter.Exporter;
import io.narthex.spi.exporter.MetricSink;
import io.narthex.spi.exporter.MetricType;
import java.util.Random;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Exports the printer's metrics. The annotation is all that is needed to be found: as soon as this
 * bundle is started, Narthex scrapes it every second as job {@code example}; when the bundle is
 * removed, the target is gone.
 */
// Immediate: otherwise there would be a new object, with counters at 0, for each scrape.
@Component(
    immediate = true,
    property = {Exporter.NAME + "=example", Exporter.INTERVAL + "=1s"})
public final class ExampleExporter implements Exporter {
  private final Printer printer;

  /** Called by the framework. */
  @Activate
  public ExampleExporter() {
    this(new Printer(System::nanoTime, new Random()));
  }

  ExampleExporter(Printer printer) {
    this.printer = printer;
  }

  @Override
  public void collect(MetricSink sink) {
    Printer.State state = printer.look();

    sink.family(
            "example_jobs_total", MetricType.COUNTER, "Jobs that left the queue, by how it ended.")
        .sample(state.printed(), "result", "printed")
        .sample(state.jammed(), "result", "jammed");

    sink.family("example_queue_length", MetricType.GAUGE, "Jobs that wait or are being printed.")
        .sample(state.queueLength());

    MetricSink.Family took =
        sink.family("example_job_seconds", MetricType.HISTOGRAM, "How long jobs took to print.");
    long[] buckets = state.buckets();
    for (int i = 0; i < Printer.BOUNDS.length; i++) {
      took.suffixed("_bucket", buckets[i], "le", Double.toString(Printer.BOUNDS[i]));
    }
    long all = buckets[buckets.length - 1];
    took.suffixed("_bucket", all, "le", "+Inf")
        .suffixed("_sum", state.seconds())
        .suffixed("_count", all);
  }
}
