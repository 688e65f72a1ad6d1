package io.narthex.runtime.internal.guard;

import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Why a service is not given out: what its component's constructor or activate method threw. */
final class ActivationFailure {
  private static final String CAUSED_BY = "Caused by: ";

  private ActivationFailure() {}

  /** The innermost cause, if the service is of a component whose activation failed. */
  static Optional<String> of(ServiceReference<?> reference, ServiceComponentRuntime components) {
    Bundle bundle = reference.getBundle();
    Object name = reference.getProperty("component.name");
    Object id = reference.getProperty("component.id");
    if (bundle == null || name == null) {
      return Optional.empty();
    }
    ComponentDescriptionDTO description =
        components.getComponentDescriptionDTO(bundle, name.toString());
    if (description == null) {
      return Optional.empty();
    }
    return components.getComponentConfigurationDTOs(description).stream()
        .filter(configuration -> Long.valueOf(configuration.id).equals(id))
        .filter(c -> c.state == ComponentConfigurationDTO.FAILED_ACTIVATION && c.failure != null)
        .map(configuration -> innermost(configuration.failure))
        .findFirst();
  }

  /** From a printed stack trace. */
  static String innermost(String stackTrace) {
    return stackTrace
        .lines()
        .filter(line -> line.startsWith(CAUSED_BY))
        .reduce((outer, inner) -> inner)
        .map(line -> line.substring(CAUSED_BY.length()))
        .orElseGet(() -> stackTrace.lines().findFirst().orElse("no reason was given"));
  }
}
