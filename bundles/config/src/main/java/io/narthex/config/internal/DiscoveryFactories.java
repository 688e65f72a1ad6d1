package io.narthex.config.internal;

import io.narthex.api.guard.PluginGuard;
import io.narthex.spi.discovery.DiscoveryFactory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The mechanisms of service discovery that are there now. */
@Component(service = DiscoveryFactories.class)
public final class DiscoveryFactories {
  /** By service id. */
  private final Map<Object, Registration> registrations = new ConcurrentHashMap<>();

  private final PluginGuard guard;
  private final BundleContext context;

  private record Registration(
      String mechanism, ComponentServiceObjects<DiscoveryFactory> factory) {}

  /** The factories come and go after that. */
  @Activate
  public DiscoveryFactories(@Reference PluginGuard guard, BundleContext context) {
    this.guard = guard;
    this.context = context;
  }

  @Reference(
      service = DiscoveryFactory.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindFactory(
      ComponentServiceObjects<DiscoveryFactory> factory, Map<String, Object> properties) {
    if (properties.get(DiscoveryFactory.MECHANISM) instanceof String mechanism) {
      registrations.put(id(properties), new Registration(mechanism, factory));
    }
  }

  void unbindFactory(Map<String, Object> properties) {
    registrations.remove(id(properties));
  }

  private static Object id(Map<String, Object> properties) {
    return String.valueOf(properties.get(Constants.SERVICE_ID));
  }

  private Optional<ComponentServiceObjects<DiscoveryFactory>> find(String mechanism) {
    return registrations.values().stream()
        .filter(registration -> registration.mechanism().equals(mechanism))
        .map(Registration::factory)
        .findFirst();
  }

  /**
   * What can be asked while one configuration is loaded.
   *
   * @param mayCome whether mechanisms that nobody provides may still come
   */
  GuardedMechanisms snapshot(boolean mayCome) {
    return new GuardedMechanisms(mayCome, InstalledMechanisms.find(context), this::find, guard);
  }
}
