package io.narthex.spi.notify;

import io.narthex.api.section.Section;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of receiver. Register it as an OSGi service with the property {@link #RECEIVER}, from an
 * immediate component, and declare it in the manifest: {@code Provide-Capability:
 * io.narthex.contribution;kind=notifier;name=<name>}. It then owns the key {@code <name>_configs}
 * of the receivers in {@code alertmanager.yml}.
 *
 * <p>Its methods, and those of what it creates, are called inside the plug-in guard, on threads of
 * its own bundle. It may use threads of its own, from its {@link io.narthex.api.scope.BundleScope}.
 */
@ConsumerType
public interface NotifierFactory {
  /** Service property, mandatory: the receiver's name, lower case, for example {@code webhook}. */
  String RECEIVER = "narthex.notifier.receiver";

  /**
   * Service property: what {@code send_resolved} is where it is not given; {@code true} without the
   * property. The key itself is read by the caller.
   */
  String SEND_RESOLVED = "narthex.notifier.send-resolved";

  /**
   * Reads one entry of {@code <name>_configs}. Reports to the section what is wrong with it, and
   * with the templates in it; what is returned then is thrown away. Keys it does not ask for are
   * refused by the caller. Called to check configurations as well: it has no effect outside before
   * {@link Notifier#deliver}.
   */
  Notifier create(Section section, NotifierContext context);
}
