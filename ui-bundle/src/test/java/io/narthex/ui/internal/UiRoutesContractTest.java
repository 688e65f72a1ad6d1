package io.narthex.ui.internal;

import io.narthex.spi.http.RouteProvider;
import io.narthex.tck.http.RouteProviderContract;

class UiRoutesContractTest extends RouteProviderContract {
  @Override
  protected RouteProvider provider() {
    return new UiRoutes(AssetFolder.open(UiRoutesContractTest.class, "site"), Runnable::run);
  }
}
