package io.narthex.runtime.internal.metrics;

import io.narthex.spi.http.RouteProvider;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /metrics}: OpenMetrics to who asks for it, else the text format. */
@Component(property = RouteProvider.MOUNT + "=/metrics")
public final class MetricsPage implements RouteProvider {
  private final SelfMetrics metrics;
  private final ExpositionFormatWriter text = PrometheusTextFormatWriter.create();
  private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();

  /** Shows these metrics. */
  @Activate
  public MetricsPage(@Reference SelfMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void mount(Router router) {
    router.get().handler(this::answer);
  }

  private void answer(RoutingContext request) {
    ExpositionFormatWriter writer =
        openMetrics.accepts(request.request().getHeader("Accept")) ? openMetrics : text;
    // Collecting asks suppliers of all bundles, so it stays off the event loop.
    Callable<Buffer> page = () -> write(writer);
    request
        .vertx()
        .executeBlocking(page, false)
        .onSuccess(
            body -> request.response().putHeader("Content-Type", writer.getContentType()).end(body))
        .onFailure(request::fail);
  }

  private Buffer write(ExpositionFormatWriter writer) throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream(32 * 1024);
    writer.write(page, metrics.all().scrape());
    return Buffer.buffer(page.toByteArray());
  }
}
