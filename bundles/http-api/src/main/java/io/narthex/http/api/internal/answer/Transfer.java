package io.narthex.http.api.internal.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.http.api.internal.json.ChunkedBody;
import io.narthex.http.api.internal.json.JsonDocuments;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one body: encodes a chunk on an encoder thread, writes it on the event loop, and encodes
 * the next one only when the client has taken what was sent. So a slow client costs one chunk of
 * memory and no thread.
 */
final class Transfer {
  private static final Logger logger = LoggerFactory.getLogger(Transfer.class);

  private static final int CHUNK_BYTES = 64 * 1024;

  /** Compressing less than this saves no packet. */
  private static final int MIN_COMPRESSED_BYTES = 1024;

  private final HttpServerResponse response;
  private final Context eventLoop;
  private final Executor encoders;
  private final ChunkedBody body;
  private final Compression accepted;
  private final Failure failure;

  // Touched by one encoder step at a time; the hand-overs between threads order them.
  private final ByteArrayOutputStream plain = new ByteArrayOutputStream(8 * 1024);
  private final JsonGenerator json;
  private Compression.@Nullable Stream stream;
  private boolean first = true;

  // Touched on the event loop only.
  private boolean encoding;
  private boolean closed;
  private boolean headSent;

  /** What answers a transfer that failed before anything was sent; called on the event loop. */
  interface Failure {
    void answer(ErrorType type, String message);
  }

  /** An encoded chunk on its way to the event loop. */
  private record Chunk(byte[] bytes, boolean last, Compression compression) {}

  Transfer(
      HttpServerResponse response,
      Context eventLoop,
      Executor encoders,
      JsonDocuments documents,
      ChunkedBody body,
      Compression accepted,
      Failure failure) {
    this.response = response;
    this.eventLoop = eventLoop;
    this.encoders = encoders;
    this.body = body;
    this.accepted = accepted;
    this.failure = failure;
    try {
      this.json = documents.open(plain);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail to be opened", e);
    }
  }

  /** Begins; on the event loop. */
  void start() {
    scheduleNext();
  }

  /** The client is gone; on the event loop. */
  void close() {
    closed = true;
    if (!encoding) {
      release();
    }
  }

  private void scheduleNext() {
    encoding = true;
    try {
      encoders.execute(this::encodeNext);
    } catch (RejectedExecutionException e) {
      fail(
          ErrorType.UNAVAILABLE,
          "too many answers wait to be encoded, or the HTTP API is stopping");
    }
  }

  private void encodeNext() {
    try {
      Chunk chunk = encode();
      eventLoop.runOnContext(ignored -> send(chunk));
    } catch (IOException | RuntimeException e) {
      logger.atError().setCause(e).log("an answer could not be encoded");
      String message = "the answer could not be encoded: " + e.getMessage();
      eventLoop.runOnContext(ignored -> fail(ErrorType.INTERNAL, message));
    }
  }

  private Chunk encode() throws IOException {
    boolean more = true;
    byte[] out = new byte[0];
    // A compressor may keep a whole chunk to itself.
    while (more && out.length == 0) {
      while (more && plain.size() < CHUNK_BYTES) {
        more = body.writeSome(json);
      }
      if (!more) {
        json.close();
      }
      byte[] chunk = plain.toByteArray();
      plain.reset();
      boolean small = first && !more && chunk.length < MIN_COMPRESSED_BYTES;
      if (first && !small && accepted != Compression.NONE) {
        stream = accepted.open();
      }
      first = false;
      out = stream == null ? chunk : stream.add(chunk, !more);
    }
    return new Chunk(out, !more, stream == null ? Compression.NONE : accepted);
  }

  private void send(Chunk chunk) {
    encoding = false;
    if (closed) {
      release();
      return;
    }
    if (!headSent) {
      headSent = true;
      response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
      if (chunk.compression() != Compression.NONE) {
        response.putHeader(HttpHeaders.CONTENT_ENCODING, chunk.compression().token());
      }
      response.setChunked(!chunk.last());
    }
    if (chunk.last()) {
      release();
      response.end(Buffer.buffer(chunk.bytes()));
      return;
    }
    response.write(Buffer.buffer(chunk.bytes()));
    if (response.writeQueueFull()) {
      response.drainHandler(
          ignored -> {
            response.drainHandler(null);
            scheduleNext();
          });
    } else {
      scheduleNext();
    }
  }

  private void fail(ErrorType type, String message) {
    encoding = false;
    release();
    if (closed) {
      return;
    }
    if (headSent) {
      // Too late for a status: breaking off is the only way to say that the body is not whole.
      response.reset();
    } else {
      failure.answer(type, message);
    }
  }

  private void release() {
    if (stream != null) {
      stream.close();
    }
  }
}
