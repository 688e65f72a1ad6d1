package io.narthex.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.workingDirectory;

import io.narthex.launcher.FrameworkProperties;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.ops4j.pax.exam.ExamSystem;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.spi.PaxExamRuntime;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.launch.Framework;

/**
 * The bundles of the assembled product in a real Felix inside the test, started by Pax Exam's
 * native container without a probe. Tests take it as a parameter, and reach into the framework
 * through it as no outsider could.
 */
public final class NarthexFramework
    implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
  private final int port = Product.freePort();
  private final Path data = Product.emptyFolder("framework");
  private final Map<String, String> logLevels = new ConcurrentHashMap<>();
  private TestContainer container;
  private Framework framework;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Files.createDirectories(deployFolder());
    ExamSystem system = PaxExamRuntime.createServerSystem(options());
    container = PaxExamRuntime.createContainer(system);
    container.start();
    framework = frameworkOf(container);
    BiConsumer<String, String> levels = logLevels::put;
    framework
        .getBundleContext()
        .registerService(
            BiConsumer.class,
            levels,
            new Hashtable<>(Map.of("narthex.role", "narthex.log-levels")));
    try {
      Await.until("ready", Duration.ofSeconds(20), () -> http().status("/-/ready") == 200);
    } catch (AssertionError e) {
      throw new AssertionError("bundles: " + states(), e);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (container != null) {
      container.stop();
    }
  }

  private String states() {
    return Stream.of(context().getBundles())
        .map(bundle -> bundle.getSymbolicName() + "=" + bundle.getState())
        .collect(Collectors.joining(" "));
  }

  HttpAnswers http() {
    return new HttpAnswers(port);
  }

  int port() {
    return port;
  }

  Path deployFolder() {
    return data.resolve("deploy");
  }

  Path configFile() {
    return data.resolve("prometheus.yml");
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  /** Levels set through the service that the launcher would provide. */
  Map<String, String> logLevels() {
    return logLevels;
  }

  Bundle bundleNamed(String name) {
    return Stream.of(context().getBundles())
        .filter(bundle -> name.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no bundle " + name));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == NarthexFramework.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return this;
  }

  private Option[] options() throws IOException {
    // Every second, so that tests need not wait for a minute.
    Files.writeString(
        configFile(),
        """
        global:
          scrape_interval: 1s
        scrape_configs:
          - job_name: self
            static_configs:
              - targets: ["127.0.0.1:%d"]
        """
            .formatted(port));
    List<Option> options = new ArrayList<>();
    for (Path jar : Product.systemJars()) {
      int level = Integer.parseInt(jar.getParent().getFileName().toString());
      options.add(bundle("reference:" + jar.toUri()).startLevel(level));
    }
    // Pax Exam would go down to a low level of its own after the start.
    options.add(frameworkStartLevel(100));
    FrameworkProperties.FIXED.forEach(
        (name, value) -> options.add(frameworkProperty(name).value(value)));
    flags()
        .forEach(
            (name, value) -> options.add(frameworkProperty("narthex.flag." + name).value(value)));
    options.add(
        frameworkProperty("narthex.flags.declared")
            .value(
                String.join("\n", flags().keySet())
                    + "\nenable-feature\nalertmanager.config.file\nconsole.users-file\nalertmanager.listen-address\npushgateway.listen-address"));
    options.add(frameworkProperty("narthex.home").value(Product.HOME.toString()));
    options.add(frameworkProperty("narthex.data").value(data.toString()));
    options.add(frameworkProperty("narthex.version").value("0-test"));
    options.add(frameworkProperty("narthex.revision").value("test"));
    options.add(frameworkProperty("narthex.upstream.version").value("3.14.0"));
    options.add(workingDirectory(data.resolve("pax").toString()));
    return options.toArray(Option[]::new);
  }

  private Map<String, String> flags() {
    return Map.ofEntries(
        Map.entry("config.file", configFile().toString()),
        Map.entry("web.listen-address", "127.0.0.1:" + port),
        Map.entry("config.auto-reload", "false"),
        Map.entry("config.auto-reload-interval", "30s"),
        Map.entry("web.read-timeout", "5m"),
        Map.entry("web.enable-lifecycle", "false"),
        Map.entry("web.max-notifications-subscribers", "16"),
        Map.entry("storage.head.max-bytes", ""),
        Map.entry("storage.log.sync-interval", "1s"),
        Map.entry("scrape.adjust-timestamps", "true"),
        Map.entry("scrape.timestamp-tolerance", "2ms"),
        Map.entry("scrape.discovery-reload-interval", "5s"),
        Map.entry("web.max-connections", "512"),
        Map.entry("web.cors.origin", ".*"),
        Map.entry("web.enable-admin-api", "true"),
        Map.entry("web.enable-remote-write-receiver", "false"),
        Map.entry("storage.tsdb.path", data.toString()),
        Map.entry("storage.tsdb.retention.time", "15d"),
        Map.entry("query.lookback-delta", "5m"),
        Map.entry("query.timeout", "2m"),
        Map.entry("query.max-concurrency", "20"),
        Map.entry("query.max-samples", "50000000"),
        Map.entry("rules.alert.for-outage-tolerance", "1h"),
        Map.entry("rules.alert.for-grace-period", "10m"),
        Map.entry("rules.alert.resend-delay", "1m"),
        Map.entry("rules.max-concurrent-evals", "4"),
        Map.entry("console.listen-address", "127.0.0.1:9099"),
        Map.entry("deploy.dir", deployFolder().toString()),
        Map.entry("kernel.cache-dir", ""),
        Map.entry("log.level", "info"),
        Map.entry("log.format", "logfmt"));
  }

  /** Pax Exam keeps the framework to itself. */
  private static Framework frameworkOf(TestContainer container) throws IllegalAccessException {
    for (Field field : container.getClass().getDeclaredFields()) {
      if (Framework.class.isAssignableFrom(field.getType())) {
        field.setAccessible(true);
        return (Framework) field.get(container);
      }
    }
    throw new IllegalStateException("Pax Exam's container has no framework any more");
  }
}
