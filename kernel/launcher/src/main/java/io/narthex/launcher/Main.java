package io.narthex.launcher;

import io.narthex.launcher.logging.LogSettings;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the server and waits for its end. */
public final class Main {
  /** Set by whoever stops the framework because of a failure. */
  private static final String EXIT_CODE = "narthex.exit.code";

  /** When the JVM had started and the first of our code ran. */
  private static final long STARTED_MILLIS = System.currentTimeMillis();

  private Main() {}

  /** {@code narthex [server] FLAGS}. */
  public static void main(String[] args) {
    int status;
    try {
      Versions versions = Versions.load();
      status =
          switch (CommandLineFlags.parse(List.of(args), versions)) {
            case CommandLineFlags.Request.Print print -> {
              System.out.println(print.text());
              yield 0;
            }
            case CommandLineFlags.Request.Run run -> serve(run.flags(), versions);
          };
    } catch (StartFailure failure) {
      System.err.println("narthex: " + failure.getMessage());
      status = failure.exitStatus();
    } catch (BundleException | IOException | InterruptedException e) {
      System.err.println("narthex: the server cannot start: " + e);
      status = StartFailure.FAILED;
    }
    System.exit(status);
  }

  private static int serve(CommandLineFlags flags, Versions versions)
      throws StartFailure, BundleException, IOException, InterruptedException {
    LogSettings.of(flags.get("log.level"), flags.get("log.format")).use();
    try (DataDirectory data = DataDirectory.open(Path.of(flags.get("storage.tsdb.path")))) {
      Path home = home();
      Path temporary = Files.createDirectories(data.path().resolve("narthex-tmp"));
      // Nothing may be written outside the data directory; /tmp may be read-only or noexec.
      System.setProperty("java.io.tmpdir", temporary.toString());
      Logger logger = LoggerFactory.getLogger(Main.class);
      logger
          .atInfo()
          .addKeyValue("version", versions.narthex())
          .addKeyValue("prometheus", versions.upstream())
          .addKeyValue("java", Runtime.version())
          .addKeyValue("pid", ProcessHandle.current().pid())
          .addKeyValue("data", data.path())
          .log("starting Narthex");
      warnAboutFeatures(flags, logger);
      FrameworkHost host =
          FrameworkHost.start(
              home,
              cache(flags, data),
              properties(flags, versions, home, data),
              Main::watchSignals);
      host.waitForStop(0);
      return Integer.getInteger(EXIT_CODE, 0);
    }
  }

  private static void warnAboutFeatures(CommandLineFlags flags, Logger logger) {
    List<String> unknown =
        Features.withoutEffect(flags.values().getOrDefault("enable-feature", List.of()));
    if (!unknown.isEmpty()) {
      logger
          .atWarn()
          .addKeyValue("features", String.join(",", unknown))
          .log("these values of --enable-feature have no effect in this version");
    }
  }

  private static void watchSignals(FrameworkHost host) {
    Shutdown.onSignals(host);
    Hangup.onSignal(host);
  }

  private static Path cache(CommandLineFlags flags, DataDirectory data) {
    String given = flags.get("kernel.cache-dir");
    Path parent = given.isEmpty() ? data.path() : Path.of(given).toAbsolutePath();
    // The framework empties it, so its name must be nobody else's.
    return parent.resolve("narthex-bundle-cache");
  }

  /**
   * How the runtime bundle learns the command line: strings only, as the framework's properties.
   */
  private static Map<String, String> properties(
      CommandLineFlags flags, Versions versions, Path home, DataDirectory data) {
    Map<String, String> properties = new HashMap<>();
    flags
        .values()
        .forEach(
            (name, values) -> properties.put("narthex.flag." + name, String.join("\n", values)));
    Path defaultConfig = Path.of("prometheus.yml").toAbsolutePath();
    if (!flags.values().containsKey("config.file") && Files.exists(defaultConfig)) {
      properties.put("narthex.flag.config.file", defaultConfig.toString());
    }
    if (flags.get("deploy.dir").isEmpty()) {
      properties.put("narthex.flag.deploy.dir", home.resolve("deploy").toString());
    }
    properties.put(
        "narthex.flags.declared", String.join("\n", Flag.ALL.stream().map(Flag::name).toList()));
    properties.put("narthex.started.millis", Long.toString(STARTED_MILLIS));
    properties.put("narthex.home", home.toString());
    properties.put("narthex.data", data.path().toString());
    properties.put("narthex.version", versions.narthex());
    properties.put("narthex.revision", versions.revision());
    properties.put("narthex.upstream.version", versions.upstream());
    return properties;
  }

  /** The installation: the folder above that of this jar, unless a property says otherwise. */
  private static Path home() throws StartFailure {
    String given = System.getProperty("narthex.home");
    if (given != null) {
      return Path.of(given).toAbsolutePath().normalize();
    }
    try {
      Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      // lib/narthex-launcher.jar lies two levels below it.
      return jar.resolve("../..").normalize();
    } catch (URISyntaxException e) {
      throw new StartFailure(
          StartFailure.FAILED, "the installation was not found; set -Dnarthex.home=DIR");
    }
  }
}
