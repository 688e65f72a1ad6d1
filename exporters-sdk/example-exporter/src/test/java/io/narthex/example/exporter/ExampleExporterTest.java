package io.narthex.example.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.spi.exporter.Exporter;
import io.narthex.tck.exporter.CollectedMetrics;
import io.narthex.tck.exporter.ExporterContract;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Runs Narthex' own tests for exporters, and one about what this exporter means. */
class ExampleExporterTest extends ExporterContract {
  private final AtomicLong time = new AtomicLong();

  @Override
  protected Exporter exporter() {
    return new ExampleExporter(new Printer(time::get, new Random(1)));
  }

  @Test
  void jobsAreCountedAsTimePasses() throws Exception {
    Exporter exporter = exporter();
    CollectedMetrics before = CollectedMetrics.of(exporter);
    assertThat(before.value("example_jobs_total", "result", "printed")).isZero();

    time.addAndGet(TimeUnit.SECONDS.toNanos(60));

    CollectedMetrics after = CollectedMetrics.of(exporter);
    double printed = after.value("example_jobs_total", "result", "printed");
    double jammed = after.value("example_jobs_total", "result", "jammed");
    assertThat(printed).isBetween(10.0, 120.0);
    assertThat(after.value("example_job_seconds_count")).isEqualTo(printed + jammed);
    assertThat(after.value("example_job_seconds_sum")).isBetween(1.0, 60.0);
  }

  @Test
  void theQueueStaysBounded() throws Exception {
    Exporter exporter = exporter();
    for (int i = 0; i < 1000; i++) {
      time.addAndGet(TimeUnit.HOURS.toNanos(1));
      assertThat(CollectedMetrics.of(exporter).value("example_queue_length"))
          .isLessThanOrEqualTo(100);
    }
  }
}
