package io.narthex.http.api.internal.answer;

import io.narthex.http.api.internal.request.BadParameterException;
import io.narthex.http.api.internal.request.Parameters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a request, a posted form's among them. Vert.x' own form decoder is not
 * used: the server's options limit it to 8 kB a value, and queries are longer than that.
 */
public final class FormReader {
  /** Upstream's limit, which is Go's. */
  private static final int MAX_FORM_BYTES = 10 * 1024 * 1024;

  private FormReader() {}

  /**
   * Reads the request; on its event loop, before anything else has read it.
   *
   * @param then gets the parameters
   * @param refused gets the reason if the form is not one that can be read
   */
  public static void read(
      RoutingContext context, Consumer<Parameters> then, Consumer<BadParameterException> refused) {
    HttpServerRequest request = context.request();
    String query = request.query() == null ? "" : request.query();
    String contentType = mediaType(request.getHeader(HttpHeaders.CONTENT_TYPE));
    if (!request.method().equals(HttpMethod.POST)) {
      then.accept(Parameters.of("", query));
    } else if (contentType.equals("application/x-www-form-urlencoded")) {
      readForm(request, query, then, refused);
    } else if (contentType.equals("multipart/form-data")) {
      refused.accept(
          new BadParameterException(
              "multipart forms are not read, send application/x-www-form-urlencoded"));
    } else {
      then.accept(Parameters.of("", query));
    }
  }

  private static void readForm(
      HttpServerRequest request,
      String query,
      Consumer<Parameters> then,
      Consumer<BadParameterException> refused) {
    Form form = new Form();
    request.handler(
        chunk -> {
          if (form.add(chunk)) {
            refused.accept(
                new BadParameterException(
                    "the form is longer than %d bytes".formatted(MAX_FORM_BYTES)));
          }
        });
    request.endHandler(
        ignored -> {
          if (!form.tooLong) {
            then.accept(Parameters.of(form.bytes.toString(StandardCharsets.UTF_8), query));
          }
        });
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
  }

  /**
   * A form as far as it was read. What comes after too much is dropped: closing at once could lose
   * the answer.
   */
  private static final class Form {
    private Buffer bytes = Buffer.buffer();
    private boolean tooLong;

    /** Adds a chunk; whether this one made the form too long. */
    boolean add(Buffer chunk) {
      if (tooLong) {
        return false;
      }
      tooLong = bytes.length() + chunk.length() > MAX_FORM_BYTES;
      bytes = tooLong ? Buffer.buffer() : bytes.appendBuffer(chunk);
      return tooLong;
    }
  }

  private static String mediaType(@Nullable String header) {
    if (header == null) {
      return "";
    }
    return header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
