package io.narthex.notifier.email.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.scope.BundleScope;
import io.narthex.api.section.Section;
import io.narthex.api.time.Clock;
import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.Notifier;
import io.narthex.spi.notify.NotifierContext;
import io.narthex.spi.notify.NotifierFactory;
import io.narthex.tck.discovery.SectionNodes;
import io.narthex.tck.notify.Notifications;
import io.narthex.tck.notify.PathTemplates;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The bundle in a class loader of its own, as in a framework. */
class LazyLoadingTest {
  /** Loads the bundle's classes and the mail library itself, and all others as the tests do. */
  private static final class BundleLoader extends URLClassLoader {
    private final List<String> loaded = new CopyOnWriteArrayList<>();

    BundleLoader() {
      super(classpath(), LazyLoadingTest.class.getClassLoader());
    }

    private static URL[] classpath() {
      return Arrays.stream(System.getProperty("java.class.path").split(":"))
          .map(BundleLoader::url)
          .toArray(URL[]::new);
    }

    private static URL url(String path) {
      try {
        return Path.of(path).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException(e);
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (!name.matches("(jakarta|org\\.eclipse\\.angus|io\\.narthex\\.notifier)\\..*")) {
          return super.loadClass(name, resolve);
        }
        Class<?> known = findLoadedClass(name);
        if (known == null) {
          known = findClass(name);
          loaded.add(name);
        }
        return known;
      }
    }

    private List<String> ofTheMailLibrary() {
      return loaded.stream().filter(name -> !name.startsWith("io.narthex.")).toList();
    }
  }

  @Test
  void theMailLibraryIsLoadedWithTheFirstDeliveryAndByTheBundle() throws Exception {
    try (SmtpServer server = SmtpServer.plain();
        BundleLoader loader = new BundleLoader();
        LookupThreads threads = new LookupThreads()) {
      NotifierFactory factory =
          (NotifierFactory)
              loader
                  .loadClass(EmailNotifierFactory.class.getName())
                  .getConstructor(Clock.class, BundleScope.class)
                  .newInstance(EmailTrial.CLOCK, threads);
      Notifier notifier = factory.create(section(server), context());
      assertThat(loader.ofTheMailLibrary()).isEmpty();

      CompletableFuture<Delivery> delivery = new CompletableFuture<>();
      Thread thread = new Thread(() -> complete(notifier, delivery));
      thread.setContextClassLoader(null);
      thread.start();
      assertThat(delivery.get(20, TimeUnit.SECONDS)).isEqualTo(new Delivery.Done());
      assertThat(loader.ofTheMailLibrary()).contains("org.eclipse.angus.mail.smtp.SMTPTransport");
    }
  }

  private static Section section(SmtpServer server) {
    return new Section(
        "e",
        SectionNodes.of(
            Map.of(
                "to",
                "a@example.org",
                "from",
                "n@example.org",
                "smarthost",
                "127.0.0.1:" + server.port(),
                "require_tls",
                false)),
        Path.of(""),
        new ArrayList<>());
  }

  private static NotifierContext context() {
    return new NotifierContext(
        new Section("global", SectionNodes.of(Map.of()), Path.of(""), new ArrayList<>()),
        PathTemplates.withDefaults());
  }

  private static void complete(Notifier notifier, CompletableFuture<Delivery> delivery) {
    try {
      delivery.complete(notifier.deliver(Notifications.firing("g")));
    } catch (Throwable e) {
      delivery.completeExceptionally(e);
    }
  }
}
