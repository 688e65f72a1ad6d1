package io.narthex.runtime.internal.readiness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Explains why a part is not there. Which bundle contributes it is in the bundles' manifests: the
 * capability {@code io.narthex.contribution} with {@code kind=part} and its name.
 */
final class MissingPart {
  private static final String CONTRIBUTION = "io.narthex.contribution";

  private final BundleContext context;
  private final ServiceComponentRuntime components;

  MissingPart(BundleContext context, ServiceComponentRuntime components) {
    this.context = context;
    this.components = components;
  }

  String explain(String part) {
    Optional<Bundle> bundle =
        Stream.of(context.getBundles()).filter(b -> contributes(b, part)).findFirst();
    if (bundle.isEmpty()) {
      return "%s: no installed bundle contributes it".formatted(part);
    }
    Bundle found = bundle.get();
    if (found.getState() != Bundle.ACTIVE) {
      return "%s: bundle %s is %s".formatted(part, found.getSymbolicName(), state(found));
    }
    List<String> chain = new ArrayList<>();
    follow(found, chain, new HashSet<>());
    return "%s: bundle %s waits for %s"
        .formatted(
            part,
            found.getSymbolicName(),
            chain.isEmpty() ? "nothing known" : String.join("; ", chain));
  }

  /** Adds what the bundle's components lack, then what the providers of that lack. */
  private void follow(Bundle bundle, List<String> chain, Set<String> seen) {
    for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs(bundle)) {
      for (ComponentConfigurationDTO configuration :
          components.getComponentConfigurationDTOs(description)) {
        if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
          chain.add(
              "component %s, which failed: %s"
                  .formatted(description.name, firstLine(configuration.failure)));
        }
        for (UnsatisfiedReferenceDTO unsatisfied : configuration.unsatisfiedReferences) {
          follow(description, unsatisfied, chain, seen);
        }
      }
    }
  }

  private void follow(
      ComponentDescriptionDTO description,
      UnsatisfiedReferenceDTO unsatisfied,
      List<String> chain,
      Set<String> seen) {
    Stream.of(description.references)
        .filter(reference -> reference.name.equals(unsatisfied.name))
        .map(reference -> reference.interfaceName)
        .filter(seen::add)
        .forEach(
            service -> {
              chain.add("service %s (for %s)".formatted(service, shortName(description.name)));
              providersOf(service).forEach(provider -> follow(provider, chain, seen));
            });
  }

  private Collection<Bundle> providersOf(String service) {
    return components.getComponentDescriptionDTOs().stream()
        .filter(description -> List.of(description.serviceInterfaces).contains(service))
        .map(description -> context.getBundle(description.bundle.id))
        .distinct()
        .toList();
  }

  private static boolean contributes(Bundle bundle, String part) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision != null
        && revision.getDeclaredCapabilities(CONTRIBUTION).stream()
            .map(BundleCapability::getAttributes)
            .anyMatch(a -> "part".equals(a.get("kind")) && part.equals(a.get("name")));
  }

  private static String state(Bundle bundle) {
    return switch (bundle.getState()) {
      case Bundle.INSTALLED -> "not resolved";
      case Bundle.RESOLVED -> "stopped";
      case Bundle.STARTING -> "starting";
      case Bundle.STOPPING -> "stopping";
      default -> "uninstalled";
    };
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String shortName(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
