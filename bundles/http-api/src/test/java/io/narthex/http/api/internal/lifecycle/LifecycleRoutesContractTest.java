package io.narthex.http.api.internal.lifecycle;

import io.narthex.http.api.internal.answer.HandlerMetrics;
import io.narthex.http.api.internal.fake.FakeFlags;
import io.narthex.http.api.internal.fake.FakeScope;
import io.narthex.http.api.internal.fake.FixedClock;
import io.narthex.spi.http.RouteProvider;
import io.narthex.tck.http.RouteProviderContract;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.osgi.framework.BundleContext;

class LifecycleRoutesContractTest extends RouteProviderContract {
  @Override
  protected RouteProvider provider() {
    BundleContext unused =
        (BundleContext)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (ignored, method, arguments) -> {
                  throw new UnsupportedOperationException(method.getName());
                });
    return new LifecycleRoutes(
        new FakeFlags(Map.of("web.enable-lifecycle", "true")),
        new HandlerMetrics(new FixedClock(0), new FakeScope()),
        unused);
  }
}
