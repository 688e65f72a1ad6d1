package io.narthex.console.internal;

import io.narthex.api.time.Clock;
import io.narthex.console.internal.access.ConsoleGuard;
import io.narthex.console.internal.access.ConsoleUsers;
import io.narthex.console.internal.audit.AuditLog;
import io.narthex.console.internal.tab.ContributionsTab;
import jakarta.servlet.Servlet;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * What we give to the web console: its guard and our tab. A class of its own, since its types are
 * there only after the web console's bundles.
 */
final class ConsoleServices {
  /** Equal to {@link ConsoleGuard#ID}, which cannot be named before its types are there. */
  static final String GUARD_ID = "io.narthex.console";

  private final List<ServiceRegistration<?>> registrations;

  private ConsoleServices(List<ServiceRegistration<?>> registrations) {
    this.registrations = registrations;
  }

  static ConsoleServices register(
      BundleContext context, ConsoleUsers users, Path auditFolder, Clock clock, String host) {
    ConsoleGuard guard = new ConsoleGuard(users, new AuditLog(auditFolder, clock), clock, host);
    return new ConsoleServices(
        List.of(
            context.registerService(
                Servlet.class,
                new ContributionsTab(context),
                properties(
                    Map.of(
                        ServletConstants.PLUGIN_LABEL, "narthex",
                        ServletConstants.PLUGIN_TITLE, "Contributions",
                        ServletConstants.PLUGIN_CATEGORY, "Narthex"))),
            context.registerService(
                SecurityProvider.class,
                guard,
                properties(Map.of(SecurityProvider.PROPERTY_ID, ConsoleGuard.ID)))));
  }

  private static Dictionary<String, Object> properties(Map<String, String> properties) {
    return new Hashtable<>(properties);
  }

  void unregister() {
    registrations.reversed().forEach(ServiceRegistration::unregister);
  }
}
