package io.narthex.deployer.internal;

import io.narthex.api.flags.ServerFlags;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.scope.BundleScope;
import io.narthex.deployer.internal.bundles.DropIn;
import io.narthex.deployer.internal.bundles.DropInVisibility;
import io.narthex.deployer.internal.bundles.DropIns;
import io.narthex.deployer.internal.bundles.LimitedSteps;
import io.narthex.deployer.internal.folder.DeployFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the deploy folder twice a second and does what it finds there. */
@Component(service = DeployWatch.class, immediate = true)
public final class DeployWatch {
  private static final Logger logger = LoggerFactory.getLogger(DeployWatch.class);
  private static final Duration STEP_LIMIT = Duration.ofSeconds(10);
  private static final long LOOK_EVERY_MILLIS = 500;

  private final DeployFolder folder;
  private final DropIns dropIns;
  private final Gauge state;
  private String lastFault = "";

  /** Begins to look; the hook has to be there before the first drop-in is resolved. */
  @Activate
  public DeployWatch(
      BundleContext context,
      @Reference ServerFlags flags,
      @Reference(target = "(component.name=io.narthex.deployer.internal.bundles.DropInVisibility)")
          ResolverHookFactory visibility,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    if (!(visibility instanceof DropInVisibility)) {
      throw new IllegalStateException(
          "another resolver hook took the place of the deployer's: " + visibility);
    }
    this.folder = new DeployFolder(Path.of(flags.get("deploy.dir")));
    this.dropIns = new DropIns(context, new LimitedSteps(scope, STEP_LIMIT), STEP_LIMIT);
    this.state =
        scope.metrics().gauge("narthex_drop_ins", "Drop-ins by whether they run.", "state");
    scope
        .scheduler("watch")
        .scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The drop-ins of now. */
  public Collection<DropIn> dropIns() {
    return dropIns.list();
  }

  private void look() {
    try {
      dropIns.apply(folder.look());
      lastFault = "";
    } catch (IOException e) {
      // Said once, not twice a second.
      if (!e.toString().equals(lastFault)) {
        lastFault = e.toString();
        logger.atError().addKeyValue("err", lastFault).log("cannot read the deploy folder");
      }
    }
    long failed = dropIns.list().stream().filter(dropIn -> dropIn.problem().isPresent()).count();
    state.labels("failed").set(failed);
    state.labels("running").set(dropIns.list().size() - failed);
  }
}
