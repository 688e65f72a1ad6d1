package io.narthex.runtime.internal.metrics;

import io.narthex.spi.http.RouteProvider;
import io.narthex.tck.http.RouteProviderContract;

class MetricsPageContractTest extends RouteProviderContract {
  @Override
  protected RouteProvider provider() {
    return new MetricsPage(new SelfMetrics());
  }
}
