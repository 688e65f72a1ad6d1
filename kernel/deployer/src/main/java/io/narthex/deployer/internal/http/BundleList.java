package io.narthex.deployer.internal.http;

import io.narthex.deployer.internal.DeployWatch;
import io.narthex.deployer.internal.bundles.DropIn;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** All bundles, and the drop-ins that could not even become one. */
final class BundleList {
  /**
   * Bundles say in this header what updating them means; those without it are libraries and the
   * kernel.
   */
  private static final String UPDATE_CLASS = "Narthex-Update-Class";

  private final BundleContext context;
  private final DeployWatch watch;
  private final ServiceComponentRuntime components;

  BundleList(BundleContext context, DeployWatch watch, ServiceComponentRuntime components) {
    this.context = context;
    this.watch = watch;
    this.components = components;
  }

  List<JsonObject> describe() {
    Stream<JsonObject> bundles =
        Stream.of(context.getBundles())
            .sorted(Comparator.comparing(Bundle::getBundleId))
            .map(this::describe);
    Stream<JsonObject> never =
        watch.dropIns().stream()
            .filter(dropIn -> dropIn.bundleId().isEmpty())
            .map(BundleList::describe);
    return Stream.concat(bundles, never).toList();
  }

  JsonObject describe(Bundle bundle) {
    JsonObject json =
        new JsonObject()
            .put("id", bundle.getBundleId())
            .put("name", bundle.getSymbolicName())
            .put("version", bundle.getVersion().toString())
            .put("state", state(bundle))
            .put("updateClass", updateClass(bundle))
            .put("contributes", contributions(bundle));
    failedComponent(bundle).ifPresent(problem -> json.put("problem", problem));
    dropIn(bundle)
        .ifPresent(
            dropIn -> {
              json.put("file", dropIn.file()).put("sha256", dropIn.sha256());
              dropIn.problem().ifPresent(problem -> json.put("problem", problem));
            });
    return json;
  }

  /** An active bundle may have a component that does not activate. */
  private Optional<String> failedComponent(Bundle bundle) {
    return components.getComponentDescriptionDTOs(bundle).stream()
        .flatMap(description -> components.getComponentConfigurationDTOs(description).stream())
        .filter(c -> c.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
        .map(
            c ->
                "component %s does not activate: %s"
                    .formatted(c.description.name, innermostCause(String.valueOf(c.failure))))
        .findFirst();
  }

  private static String innermostCause(String stackTrace) {
    String[] causes = stackTrace.split("\nCaused by: ", -1);
    return causes[causes.length - 1].lines().findFirst().orElse("no reason was given");
  }

  private static JsonObject describe(DropIn dropIn) {
    return new JsonObject()
        .put("name", "")
        .put("file", dropIn.file())
        .put("sha256", dropIn.sha256())
        .put("state", "not installed")
        .put("updateClass", "drop-in")
        .put("problem", dropIn.problem().orElse(""));
  }

  Optional<Bundle> find(String name) {
    return Stream.of(context.getBundles())
        .filter(bundle -> name.equals(bundle.getSymbolicName()))
        .findFirst();
  }

  boolean isFoundation(Bundle bundle) {
    return updateClass(bundle).equals("foundation");
  }

  private static String updateClass(Bundle bundle) {
    if (bundle.getLocation().startsWith(DropIn.LOCATION)) {
      return "drop-in";
    }
    String header = bundle.getHeaders("").get(UPDATE_CLASS);
    return header == null ? "foundation" : header;
  }

  private static JsonArray contributions(Bundle bundle) {
    JsonArray contributions = new JsonArray();
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision != null) {
      for (BundleCapability capability :
          revision.getDeclaredCapabilities("io.narthex.contribution")) {
        Map<String, Object> attributes = new TreeMap<>(capability.getAttributes());
        contributions.add(new JsonObject(attributes));
      }
    }
    return contributions;
  }

  private Optional<DropIn> dropIn(Bundle bundle) {
    return watch.dropIns().stream()
        .filter(dropIn -> dropIn.bundleId().equals(Optional.of(bundle.getBundleId())))
        .findFirst();
  }

  private static String state(Bundle bundle) {
    return switch (bundle.getState()) {
      case Bundle.ACTIVE -> "active";
      case Bundle.RESOLVED ->
          bundle.getHeaders("").get("Fragment-Host") == null ? "stopped" : "attached";
      case Bundle.INSTALLED -> "unresolved";
      case Bundle.STARTING -> "starting";
      case Bundle.STOPPING -> "stopping";
      default -> "uninstalled";
    };
  }
}
