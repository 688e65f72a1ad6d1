package io.narthex.notifier.webhook.internal;

import io.narthex.api.http.HttpAnswer;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpSession;
import io.narthex.api.template.TemplateContext;
import io.narthex.notifier.webhook.internal.address.BadAddressException;
import io.narthex.notifier.webhook.internal.payload.WebhookPayload;
import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.FailureReason;
import io.narthex.spi.notify.Notification;
import io.narthex.spi.notify.NotifiedAlert;
import io.narthex.spi.notify.Notifier;
import io.narthex.spi.notify.support.AlertmanagerVersion;
import io.narthex.spi.notify.support.NotificationContext;
import io.narthex.spi.notify.support.NotificationData;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Posts notifications to one webhook. The connection is made with the first of them; closing, from
 * any thread, gives up what is under way.
 */
final class WebhookNotifier implements Notifier {
  /** Where no timeout is configured; whoever delivers interrupts before. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** The client keeps to the timeout itself; this is for one that does not. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private static final Map<String, String> HEADERS =
      Map.of(
          "User-Agent",
          "Alertmanager/" + AlertmanagerVersion.VALUE,
          "Content-Type",
          "application/json");

  private final WebhookSettings settings;
  private final WebhookSessions sessions;

  private @Nullable HttpSession session;
  private boolean closed;

  WebhookNotifier(WebhookSettings settings, WebhookSessions sessions) {
    this.settings = settings;
    this.sessions = sessions;
  }

  @Override
  public Delivery deliver(Notification notification) {
    if (!sessions.begin()) {
      return FailureWords.canceled();
    }
    try {
      return attempt(notification);
    } finally {
      sessions.end();
    }
  }

  private Delivery attempt(Notification notification) {
    List<NotifiedAlert> alerts = truncated(notification.alerts());
    NotificationData data = NotificationData.of(notification, alerts);
    TemplateContext context = NotificationContext.of(notification);
    URI url;
    try {
      url = settings.address().resolve(data, context);
    } catch (BadAddressException e) {
      return new Delivery.Failed(FailureReason.OTHER, e.retry(), String.valueOf(e.getMessage()));
    }
    int left = notification.alerts().size() - alerts.size();
    return post(url, WebhookPayload.of(data, notification.groupKey(), left));
  }

  private List<NotifiedAlert> truncated(List<NotifiedAlert> alerts) {
    long most = settings.maxAlerts();
    return most == 0 || alerts.size() <= most ? alerts : alerts.subList(0, (int) most);
  }

  private Delivery post(URI url, byte[] body) {
    HttpSession open = open();
    if (open == null) {
      return FailureWords.canceled();
    }
    Duration timeout = settings.timeout().isZero() ? LONGEST : settings.timeout();
    AnswerStart start = new AnswerStart();
    CompletableFuture<HttpAnswer> answer =
        open.send(new HttpRequest("POST", url, HEADERS, body, timeout), start);
    try {
      int status = answer.get(timeout.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS).status();
      return status / 100 == 2 ? new Delivery.Done() : FailureWords.status(status, start.text());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return FailureWords.canceled();
    } catch (TimeoutException e) {
      answer.cancel(true);
      return FailureWords.timedOut(settings.timeout());
    } catch (CancellationException e) {
      return FailureWords.canceled();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return isClosed()
          ? FailureWords.canceled()
          : FailureWords.noAnswer(cause, settings.timeout());
    }
  }

  private synchronized @Nullable HttpSession open() {
    if (closed) {
      return null;
    }
    HttpSession open = session;
    if (open == null) {
      open = sessions.open(settings.http());
      session = open;
    }
    return open;
  }

  private synchronized boolean isClosed() {
    return closed || sessions.isClosed();
  }

  @Override
  public void close() {
    HttpSession last;
    synchronized (this) {
      closed = true;
      last = session;
      session = null;
    }
    if (last != null) {
      sessions.close(last);
    }
  }
}
