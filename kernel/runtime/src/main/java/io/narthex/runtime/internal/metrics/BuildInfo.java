package io.narthex.runtime.internal.metrics;

import io.narthex.api.flags.ServerFlags;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;

/**
 * {@code prometheus_build_info} with the upstream version we are compatible with, since others
 * parse it, and {@code narthex_build_info} with ours.
 */
@Component(service = BuildInfo.class, immediate = true)
public final class BuildInfo {
  /** Registers both. */
  @Activate
  public BuildInfo(
      BundleContext context,
      @Reference ServerFlags flags,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    String revision = String.valueOf(context.getProperty("narthex.revision"));
    MetricRegistry metrics = scope.metrics();
    metrics
        .gauge(
            "prometheus_build_info",
            "A metric with a constant '1' value labeled by version, revision, branch, goversion from which prometheus was built, and the goos and goarch for the build.",
            "version",
            "revision",
            "branch",
            "goversion",
            "goos",
            "goarch",
            "tags")
        .labels(
            flags.upstreamVersion(),
            revision,
            "HEAD",
            "java" + Runtime.version().feature(),
            System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT),
            System.getProperty("os.arch"),
            "unknown")
        .set(1);
    metrics
        .gauge(
            "narthex_build_info",
            "A metric with a constant '1' value labeled by the version of Narthex, its revision and the Java it runs on.",
            "version",
            "revision",
            "java")
        .labels(flags.narthexVersion(), revision, Runtime.version().toString())
        .set(1);
  }
}
