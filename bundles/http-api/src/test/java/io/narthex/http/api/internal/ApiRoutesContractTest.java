package io.narthex.http.api.internal;

import io.narthex.spi.http.RouteProvider;
import io.narthex.tck.http.RouteProviderContract;
import org.junit.jupiter.api.AfterEach;

class ApiRoutesContractTest extends RouteProviderContract {
  private final ApiServer server = new ApiServer();

  @Override
  protected RouteProvider provider() {
    return server.routes;
  }

  @AfterEach
  void close() {
    server.close();
  }
}
