package io.narthex.deployer.internal.bundles;

import io.narthex.deployer.internal.folder.FolderChange;
import io.narthex.deployer.internal.folder.JarFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes bundles of jars. A jar's content is copied into the framework's cache, so the file may be
 * overwritten at any time. What fails is kept with its reason, logged, and tried again whenever
 * something else was installed. {@link #apply} is for one thread; the list may be read by any.
 */
public final class DropIns {
  private static final Logger logger = LoggerFactory.getLogger(DropIns.class);

  private final BundleContext context;
  private final LimitedSteps steps;
  private final Refresh refresh;

  /** Jars that could not become bundles, to be tried again. */
  private final Map<String, JarFile> notInstalled = new TreeMap<>();

  private final Map<String, DropIn> byFile = new ConcurrentSkipListMap<>();

  /**
   * Installs into this framework, and calls into bundles this way.
   *
   * @param stepLimit how long the framework may take to let go of a version
   */
  public DropIns(BundleContext context, LimitedSteps steps, Duration stepLimit) {
    this.context = context;
    this.steps = steps;
    this.refresh = new Refresh(context, stepLimit);
  }

  /** The drop-ins of now. */
  public Collection<DropIn> list() {
    return List.copyOf(byFile.values());
  }

  /** Carries out what happened in the folder. */
  public void apply(List<FolderChange> changes) {
    for (FolderChange change : changes) {
      switch (change) {
        case FolderChange.Added(JarFile jar) -> install(jar);
        case FolderChange.Replaced(JarFile jar) -> update(jar);
        case FolderChange.Removed(String name) -> remove(name);
        case FolderChange.Unreadable(JarFile jar, String reason) ->
            failed(
                new DropIn(jar.name(), bundleId(jar.name()), "", Optional.empty()),
                "the file is no bundle: " + reason);
      }
    }
    if (!changes.isEmpty()) {
      retryFailed(changes);
    }
  }

  private void install(JarFile jar) {
    String digest = digest(jar);
    DropIn none = new DropIn(jar.name(), Optional.empty(), digest, Optional.empty());
    notInstalled.remove(jar.name());
    try (InputStream content = Files.newInputStream(jar.path())) {
      Optional<String> refusal = BundleManifest.refusal(jar.path());
      if (refusal.isPresent()) {
        failed(none, refusal.get());
        return;
      }
      Bundle bundle = context.installBundle(DropIn.LOCATION + jar.name(), content);
      start(
          new DropIn(jar.name(), Optional.of(bundle.getBundleId()), digest, Optional.empty()),
          bundle,
          "installed");
    } catch (BundleException | IOException e) {
      notInstalled.put(jar.name(), jar);
      failed(none, reason(e));
    }
  }

  private void update(JarFile jar) {
    Optional<Bundle> installed = bundleId(jar.name()).map(context::getBundle);
    if (installed.isEmpty()) {
      install(jar);
      return;
    }
    Bundle bundle = installed.get();
    String digest = digest(jar);
    DropIn dropIn =
        new DropIn(jar.name(), Optional.of(bundle.getBundleId()), digest, Optional.empty());
    Optional<Exception> notStopped = steps.run("stopped", () -> bundle.stop(Bundle.STOP_TRANSIENT));
    if (notStopped.isPresent() && bundle.getState() == Bundle.STOPPING) {
      failed(dropIn, reason(notStopped.get()));
      return;
    }
    try (InputStream content = Files.newInputStream(jar.path())) {
      bundle.update(content);
      refresh.of(bundle);
      start(dropIn, bundle, "updated");
    } catch (BundleException | IOException e) {
      failed(dropIn, reason(e));
    }
  }

  private void remove(String file) {
    notInstalled.remove(file);
    DropIn gone = byFile.remove(file);
    Optional<Bundle> bundle =
        Optional.ofNullable(gone).flatMap(DropIn::bundleId).map(context::getBundle);
    if (bundle.isEmpty()) {
      return;
    }
    Optional<Exception> failure = steps.run("stopped", bundle.get()::uninstall);
    if (failure.isPresent()) {
      logger
          .atError()
          .addKeyValue("file", file)
          .addKeyValue("err", reason(failure.get()))
          .log("the drop-in is not removed yet");
      return;
    }
    refresh.of(bundle.get());
    logger
        .atInfo()
        .addKeyValue("file", file)
        .addKeyValue("bundle", bundle.get().getSymbolicName())
        .log("removed");
  }

  private void start(DropIn dropIn, Bundle bundle, String done) {
    byFile.put(dropIn.file(), dropIn);
    Optional<Exception> failure =
        steps.run("started", () -> bundle.start(Bundle.START_ACTIVATION_POLICY));
    if (failure.isPresent()) {
      failed(dropIn, reason(failure.get()));
      return;
    }
    byFile.put(dropIn.file(), dropIn.running());
    logger
        .atInfo()
        .addKeyValue("file", dropIn.file())
        .addKeyValue("bundle", bundle.getSymbolicName())
        .addKeyValue("version", bundle.getVersion())
        .addKeyValue("sha256", dropIn.sha256())
        .log(done);
  }

  /** What just came may be what others lacked, and what just went what stood in their way. */
  private void retryFailed(List<FolderChange> changes) {
    for (DropIn dropIn : list()) {
      boolean justTried = changes.stream().anyMatch(change -> change.name().equals(dropIn.file()));
      if (dropIn.problem().isEmpty() || justTried) {
        continue;
      }
      JarFile jar = notInstalled.get(dropIn.file());
      Optional<Bundle> bundle = dropIn.bundleId().map(context::getBundle);
      if (jar != null) {
        install(jar);
      } else if (bundle.isPresent()) {
        startAgain(dropIn, bundle.get());
      }
    }
  }

  private void startAgain(DropIn dropIn, Bundle bundle) {
    if (steps.run("started", () -> bundle.start(Bundle.START_ACTIVATION_POLICY)).isEmpty()) {
      byFile.put(dropIn.file(), dropIn.running());
      logger
          .atInfo()
          .addKeyValue("file", dropIn.file())
          .log("started, what it lacked is there now");
    }
  }

  private void failed(DropIn dropIn, String reason) {
    byFile.put(dropIn.file(), dropIn.withProblem(reason));
    logger
        .atError()
        .addKeyValue("file", dropIn.file())
        .addKeyValue("err", reason)
        .log("the drop-in does not run");
  }

  private Optional<Long> bundleId(String file) {
    return Optional.ofNullable(byFile.get(file)).flatMap(DropIn::bundleId);
  }

  private String reason(Exception e) {
    if (e instanceof BundleException bundle
        && bundle.getType() == BundleException.DUPLICATE_BUNDLE_ERROR) {
      return "another bundle of this name and version is installed: " + e.getMessage();
    }
    if (e instanceof BundleException bundle && bundle.getType() == BundleException.RESOLVE_ERROR) {
      return ResolverReason.explain(String.valueOf(e.getMessage()));
    }
    Throwable cause = e.getCause();
    return cause == null
        ? String.valueOf(e.getMessage())
        : "%s (%s)".formatted(e.getMessage(), cause);
  }

  private static String digest(JarFile jar) {
    try (InputStream content = Files.newInputStream(jar.path())) {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[64 * 1024];
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        sha256.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (IOException | NoSuchAlgorithmException e) {
      return "";
    }
  }
}
