package io.narthex.http.api.internal.notification;

import io.narthex.api.notification.Notification;
import io.narthex.api.notification.Notifications;
import io.narthex.http.api.internal.answer.Answers;
import io.narthex.http.api.internal.answer.ErrorType;
import io.narthex.http.api.internal.json.DataBody;
import io.narthex.http.api.internal.json.JsonDocuments;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /notifications} and {@code /notifications/live}, which is a stream of server-sent events.
 */
public final class NotificationRoutes implements AutoCloseable {
  static final String NO_NOTIFICATIONS =
      "the notifications are not there: bundle io.narthex.runtime does not offer them";

  /** How long a change may take to be seen. */
  private static final long LOOK_EVERY_MILLIS = 500;

  private final Supplier<@Nullable Notifications> notifications;
  private final int maxSubscribers;
  private final ScheduledExecutorService scheduler;
  private final Answers answers;
  private final JsonDocuments documents = new JsonDocuments();
  private final Set<LiveStream> streams = new HashSet<>();
  private @Nullable ScheduledFuture<?> looking;
  private boolean closed;

  /**
   * The routes; close them so that the streams end.
   *
   * @param maxSubscribers how many streams there may be; another one gets status 204
   * @param scheduler looks for changes
   */
  public NotificationRoutes(
      Supplier<@Nullable Notifications> notifications,
      int maxSubscribers,
      ScheduledExecutorService scheduler,
      Answers answers) {
    this.notifications = notifications;
    this.maxSubscribers = maxSubscribers;
    this.scheduler = scheduler;
    this.answers = answers;
  }

  /** Answers {@code /notifications}. */
  public void list(RoutingContext context) {
    Notifications current = notifications.get();
    if (current == null) {
      answers.error(context, ErrorType.UNAVAILABLE, NO_NOTIFICATIONS);
      return;
    }
    List<Notification> active = current.active();
    answers.uncompressed(
        context,
        new DataBody(
            json -> {
              json.writeStartArray();
              for (Notification notification : active) {
                NotificationText.write(json, notification, true);
              }
              json.writeEndArray();
            }));
  }

  /** Answers {@code /notifications/live}. */
  public void live(RoutingContext context) {
    Notifications current = notifications.get();
    if (current == null) {
      answers.error(context, ErrorType.UNAVAILABLE, NO_NOTIFICATIONS);
      return;
    }
    HttpServerResponse response = context.response();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader(HttpHeaders.CONNECTION, "keep-alive");
    Context eventLoop = context.vertx().getOrCreateContext();
    LiveStream stream = new LiveStream(response, eventLoop, documents);
    if (!add(stream)) {
      response.setStatusCode(204).end();
      return;
    }
    context.addEndHandler(ignored -> remove(stream));
    response.setChunked(true);
    // At once: a browser says that the stream is open when the head has come.
    response.writeHead();
    stream.send(current.active());
  }

  private synchronized boolean add(LiveStream stream) {
    if (closed || streams.size() >= maxSubscribers) {
      return false;
    }
    streams.add(stream);
    if (looking == null) {
      looking =
          scheduler.scheduleWithFixedDelay(
              this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
    return true;
  }

  private synchronized void remove(LiveStream stream) {
    streams.remove(stream);
    if (streams.isEmpty() && looking != null) {
      looking.cancel(false);
      looking = null;
    }
  }

  private void look() {
    Notifications current = notifications.get();
    List<LiveStream> now = streams();
    if (current == null || now.isEmpty()) {
      return;
    }
    List<Notification> active = current.active();
    now.forEach(stream -> stream.offer(active));
  }

  private synchronized List<LiveStream> streams() {
    return List.copyOf(streams);
  }

  /** How many streams there are now. */
  public synchronized int subscribers() {
    return streams.size();
  }

  @Override
  public void close() {
    List<LiveStream> open;
    synchronized (this) {
      closed = true;
      open = List.copyOf(streams);
    }
    open.forEach(LiveStream::end);
  }
}
