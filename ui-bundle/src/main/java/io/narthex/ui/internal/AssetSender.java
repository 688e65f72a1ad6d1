package io.narthex.ui.internal;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the files of the pages. Called on the request's event loop; what was not read yet is read
 * on a thread of its own.
 */
final class AssetSender {
  private static final Logger logger = LoggerFactory.getLogger(AssetSender.class);

  private final AssetFolder folder;
  private final Executor reader;

  /**
   * A sender.
   *
   * @param reader where files are read; may reject
   */
  AssetSender(AssetFolder folder, Executor reader) {
    this.folder = folder;
    this.reader = reader;
  }

  void send(RoutingContext context, Asset asset) {
    HttpServerResponse response = context.response();
    boolean gzip = AcceptEncoding.gzip(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING));
    SecurityHeaders.put(response);
    response
        .putHeader(
            HttpHeaders.CACHE_CONTROL,
            // The pages are asked for each time, and answered with 304: an update of the bundle is
            // seen at once.
            asset.neverChanges() ? "public, max-age=31536000, immutable" : "no-cache")
        .putHeader(HttpHeaders.ETAG, asset.etag(gzip))
        .putHeader(HttpHeaders.VARY, "Accept-Encoding");
    if (isKnown(asset, context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, asset.contentType());
    if (gzip) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    if (context.request().method().equals(HttpMethod.HEAD)) {
      int length = gzip ? asset.compressedSize() : asset.size();
      response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(length)).end();
      return;
    }
    Buffer ready = gzip ? folder.compressedIfRead(asset) : null;
    if (ready != null) {
      response.end(ready);
    } else {
      readAndSend(context, asset, gzip);
    }
  }

  /** Proxies that compress or unpack change the tag; both of ours are for the same content. */
  private static boolean isKnown(Asset asset, @Nullable String known) {
    return known != null && (known.contains(asset.etag(false)) || known.contains(asset.etag(true)));
  }

  private void readAndSend(RoutingContext context, Asset asset, boolean gzip) {
    Context eventLoop = context.vertx().getOrCreateContext();
    try {
      reader.execute(
          () -> {
            try {
              Buffer bytes = gzip ? folder.compressed(asset) : folder.plain(asset);
              eventLoop.runOnContext(ignored -> end(context.response(), bytes));
            } catch (IOException | RuntimeException e) {
              logger
                  .atError()
                  .setCause(e)
                  .addKeyValue("file", asset.name())
                  .log("a file of the pages cannot be read");
              eventLoop.runOnContext(
                  ignored -> fail(context, 500, asset.name() + " cannot be read from the bundle"));
            }
          });
    } catch (RejectedExecutionException busy) {
      fail(context, 503, "too many files of the pages are asked for, or the bundle is stopping");
    }
  }

  private static void end(HttpServerResponse response, Buffer bytes) {
    if (!response.ended() && !response.closed()) {
      response.end(bytes);
    }
  }

  private static void fail(RoutingContext context, int status, String line) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.headers().remove(HttpHeaders.CONTENT_ENCODING).remove(HttpHeaders.ETAG);
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    PlainText.send(response, status, line);
  }
}
