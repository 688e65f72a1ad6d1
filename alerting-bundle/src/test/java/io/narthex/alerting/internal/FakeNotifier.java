package io.narthex.alerting.internal;

import io.narthex.api.section.Section;
import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.Notification;
import io.narthex.spi.notify.Notifier;
import io.narthex.spi.notify.NotifierContext;
import io.narthex.spi.notify.NotifierFactory;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

/** A factory whose notifiers do what the test says, and remember what they were told. */
public final class FakeNotifier
    implements NotifierFactory, ComponentServiceObjects<NotifierFactory> {
  private static long services;

  private final String kind;
  private final long id = ++services;
  private final Consumer<String> told;

  /** What it answers. */
  public Answer answer = notification -> new Delivery.Done();

  /** Whether deliveries block, and how they end. */
  public Hang hang = Hang.NOT;

  /** Given back by a delivery that blocks. */
  final Semaphore entered = new Semaphore(0);

  /** What deliveries that block wait for, each for its own. */
  private final Map<Thread, Semaphore> gates = new ConcurrentHashMap<>();

  /** Whether the guard has no thread for it. */
  public boolean busy;

  /** Whether its bundle is gone. */
  public boolean gone;

  /** What the property says, if anything. */
  public String sendResolved = "";

  /** Notifiers made and closed. */
  public int made;

  /** Notifiers closed. */
  public int closed;

  /** How a delivery blocks. */
  public enum Hang {
    /** It does not. */
    NOT,
    /** Until it is interrupted. */
    INTERRUPTIBLE,
    /** Until the test lets it go. */
    STUBBORN
  }

  /** What a delivery answers. */
  public interface Answer {
    /** Answers, or throws. */
    Delivery to(Notification notification) throws Exception;
  }

  /** A kind of notifier. */
  public FakeNotifier(String kind, Consumer<String> told) {
    this.kind = kind;
    this.told = told;
  }

  /** The service's id. */
  public long id() {
    return id;
  }

  /** The service's properties. */
  public Map<String, Object> properties() {
    return sendResolved.isEmpty()
        ? Map.of(RECEIVER, kind, Constants.SERVICE_ID, id)
        : Map.of(RECEIVER, kind, Constants.SERVICE_ID, id, SEND_RESOLVED, sendResolved);
  }

  @Override
  public Notifier create(Section section, NotifierContext context) {
    String url = section.string("url").orElse("");
    if (url.equals("bad")) {
      section.report(section.valuePosition("url"), "url must not be bad");
    }
    made++;
    return new Notifier() {
      private int inside;

      @Override
      public Delivery deliver(Notification notification) throws Exception {
        if (++inside > 1) {
          throw new AssertionError("two threads at a time");
        }
        try {
          block();
          Delivery delivery = answer.to(notification);
          if (delivery instanceof Delivery.Done) {
            told.accept(describe(url, notification));
          }
          return delivery;
        } finally {
          inside--;
        }
      }

      @Override
      public void close() {
        closed++;
      }
    };
  }

  private void block() throws InterruptedException {
    Semaphore gate = gate(Thread.currentThread());
    if (hang == Hang.INTERRUPTIBLE) {
      entered.release();
      gate.acquire();
    } else if (hang == Hang.STUBBORN) {
      entered.release();
      gate.acquireUninterruptibly();
    }
  }

  /** Lets the delivery of a thread go on. */
  void letGo(Thread thread) {
    gate(thread).release();
  }

  private Semaphore gate(Thread thread) {
    return gates.computeIfAbsent(thread, unused -> new Semaphore(0));
  }

  private String describe(String url, Notification notification) {
    List<String> alerts = new ArrayList<>();
    notification
        .alerts()
        .forEach(
            alert ->
                alerts.add(
                    (alert.firing() ? "" : "-")
                        + alert.labels().get("alertname")
                        + alert.labels().get("n")));
    return "%s%s %s (%s)"
        .formatted(
            kind, url.isEmpty() ? "" : ":" + url, String.join(",", alerts), notification.reason());
  }

  @Override
  public NotifierFactory getService() {
    return this;
  }

  @Override
  public void ungetService(NotifierFactory service) {}

  @Override
  @SuppressWarnings("unchecked")
  public ServiceReference<NotifierFactory> getServiceReference() {
    return (ServiceReference<NotifierFactory>)
        Proxy.newProxyInstance(
            ServiceReference.class.getClassLoader(),
            new Class<?>[] {ServiceReference.class},
            (self, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
