package io.narthex.notifier.email.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import io.narthex.api.time.Clock;
import io.narthex.notifier.email.internal.smtp.Lookups;
import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.Notifier;
import io.narthex.spi.notify.NotifierContext;
import io.narthex.tck.discovery.SectionNodes;
import io.narthex.tck.notify.Notifications;
import io.narthex.tck.notify.PathTemplates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A factory and what is needed to deliver a mail with it. */
final class EmailTrial implements AutoCloseable {
  static final Clock CLOCK =
      new Clock() {
        @Override
        public long wallMillis() {
          return System.currentTimeMillis();
        }

        @Override
        public long monotonicNanos() {
          return System.nanoTime();
        }
      };

  private final LookupThreads threads = new LookupThreads();
  final EmailNotifierFactory factory;
  private final Map<String, Object> keys = new LinkedHashMap<>();

  /** A trial against a server on this machine. */
  EmailTrial(String host, int port) {
    this(host, port, Duration.ofMillis(50));
  }

  /**
   * A trial against a server on this machine.
   *
   * @param last how long conversations may go on when the bundle stops
   */
  EmailTrial(String host, int port, Duration last) {
    factory =
        new EmailNotifierFactory(
            CLOCK, new Lookups(threads.pool("lookup", Lookups.THREADS, Lookups.QUEUE)), last);
    with("to", "a@example.org");
    with("from", "n@example.org");
    with("smarthost", host + ":" + port);
  }

  EmailTrial with(String key, Object value) {
    keys.put(key, value);
    return this;
  }

  Notifier notifier() {
    List<Problem> problems = new ArrayList<>();
    Section section = new Section("e", SectionNodes.of(keys), Path.of(""), problems);
    Section global = new Section("global", SectionNodes.of(Map.of()), Path.of(""), problems);
    Notifier notifier =
        factory.create(section, new NotifierContext(global, PathTemplates.withDefaults()));
    section.refuseOthers();
    assertThat(problems).isEmpty();
    return notifier;
  }

  Delivery deliver() throws Exception {
    try (Notifier notifier = notifier()) {
      return notifier.deliver(Notifications.firing("Down"));
    }
  }

  void delivers() throws Exception {
    assertThat(deliver()).isEqualTo(new Delivery.Done());
  }

  Delivery.Failed fails() throws Exception {
    return (Delivery.Failed) deliver();
  }

  @Override
  public void close() {
    factory.deactivate();
    threads.close();
  }
}
