package io.narthex.http.api.internal.notification;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.notification.Notification;
import io.narthex.http.api.internal.json.JsonDocuments;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One subscriber of the notifications. It knows what was sent, so that each look at what is active
 * gives the changes since then; while a client does not read, changes wait here as the difference
 * and take no memory. All but {@link #offer} and {@link #end} runs on the event loop.
 */
final class LiveStream {
  private final HttpServerResponse response;
  private final Context eventLoop;
  private final JsonDocuments documents;
  private final Map<String, Notification> sent = new HashMap<>();

  LiveStream(HttpServerResponse response, Context eventLoop, JsonDocuments documents) {
    this.response = response;
    this.eventLoop = eventLoop;
    this.documents = documents;
  }

  /** Sends what has changed; from any thread. */
  void offer(List<Notification> active) {
    eventLoop.runOnContext(ignored -> send(active));
  }

  /** Ends the stream; from any thread. */
  void end() {
    eventLoop.runOnContext(
        ignored -> {
          if (!response.ended() && !response.closed()) {
            response.end();
          }
        });
  }

  /** Sends what has changed; on the event loop. */
  void send(List<Notification> active) {
    if (response.ended() || response.closed() || response.writeQueueFull()) {
      return;
    }
    Map<String, Notification> gone = new HashMap<>(sent);
    for (Notification notification : active) {
      gone.remove(notification.id());
      if (!notification.equals(sent.put(notification.id(), notification))) {
        write(notification, true);
      }
    }
    for (Notification notification : gone.values()) {
      sent.remove(notification.id());
      write(notification, false);
    }
  }

  private void write(Notification notification, boolean active) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("data: ".getBytes(StandardCharsets.UTF_8));
    try (JsonGenerator json = documents.open(out)) {
      NotificationText.write(json, notification, active);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    response.write(Buffer.buffer(out.toByteArray()));
  }
}
