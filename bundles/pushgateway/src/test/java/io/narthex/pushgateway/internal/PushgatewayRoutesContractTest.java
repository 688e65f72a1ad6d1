package io.narthex.pushgateway.internal;

import io.narthex.spi.http.RouteProvider;
import io.narthex.tck.http.RouteProviderContract;

class PushgatewayRoutesContractTest extends RouteProviderContract {
  @Override
  protected RouteProvider provider() {
    return PushServer.routes(new FakeScope(), PushServer.LIMITS, 1 << 20, false);
  }
}
