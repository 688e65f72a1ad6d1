package io.narthex.http.client.internal.exchange;

import io.narthex.http.client.internal.tls.TlsWords;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.proxy.ProxyConnectException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in Go's words what Vert.x and Netty report. */
final class FailureWords {
  private static final Pattern PROXY_STATUS = Pattern.compile("status: \\d{3} (.*)$");

  /** Netty writes {@code name/address:port}. */
  private static final Pattern ADDRESS = Pattern.compile("/([0-9a-fA-F.:\\[\\]]+:[0-9]+)$");

  private FailureWords() {}

  /**
   * No connection was made.
   *
   * @param proxied whether a proxy is what was connected to
   */
  static Failure connecting(Throwable failure, Route route, boolean proxied) {
    if (failure instanceof ConnectionPoolTooBusyException) {
      return Failure.connection(
          "no connection to %s is free and too many requests wait for one"
              .formatted(route.address()));
    }
    if (failure instanceof ProxyConnectException) {
      return proxy(failure);
    }
    String words =
        TlsWords.isTls(failure) ? TlsWords.of(failure) : dialing(failure, route, proxied);
    return Failure.connection(proxied && !words.startsWith("tls:") ? proxyPrefix(words) : words);
  }

  private static String proxyPrefix(String words) {
    return words.startsWith("dial ") ? "proxyconnect tcp: " + words : words;
  }

  private static Failure proxy(Throwable failure) {
    String message = Objects.requireNonNullElse(failure.getMessage(), "");
    Matcher status = PROXY_STATUS.matcher(message);
    if (status.find()) {
      return Failure.connection(status.group(1));
    }
    if (failure.getCause() instanceof IOException cause && !TlsWords.isTls(cause)) {
      return Failure.connection("proxyconnect tcp: " + io(cause, null));
    }
    return Failure.connection("proxyconnect tcp: " + message);
  }

  private static String dialing(Throwable failure, Route route, boolean proxied) {
    String address = addressOf(failure, proxied ? "" : route.address());
    return switch (failure) {
      case UnknownHostException unknown ->
          "dial tcp: lookup %s: no such host".formatted(proxied ? name(unknown) : route.host());
      case ConnectTimeoutException timeout -> dial(address, "i/o timeout");
      case NoRouteToHostException noRoute -> dial(address, "connect: no route to host");
      case ConnectException refused -> dial(address, "connect: " + reason(refused));
      case HttpClosedException closed -> "EOF";
      case ClosedChannelException closed -> "EOF";
      case IOException io -> dial(address, "connect: " + reason(io));
      default -> text(failure);
    };
  }

  private static String dial(String address, String what) {
    return address.isEmpty() ? "dial tcp: " + what : "dial tcp %s: %s".formatted(address, what);
  }

  /** Netty adds the address to the message: {@code Connection refused: host/127.0.0.1:9}. */
  private static String reason(Throwable failure) {
    String message = text(failure);
    int colon = message.indexOf(": ");
    return (colon < 0 ? message : message.substring(0, colon)).toLowerCase(Locale.ROOT);
  }

  private static String addressOf(Throwable failure, String otherwise) {
    Matcher address = ADDRESS.matcher(text(failure));
    return address.find() ? address.group(1) : otherwise;
  }

  private static String name(UnknownHostException unknown) {
    return text(unknown).replaceAll(".*'([^']+)'.*", "$1");
  }

  /**
   * The connection was made but no head came.
   *
   * @param head how the answer began, or {@code ""}
   */
  static Failure waiting(Throwable failure, String head, @Nullable HttpConnection connection) {
    if (failure instanceof TooLongHttpHeaderException
        || failure instanceof TooLongHttpLineException) {
      return Failure.protocol(HeadWords.tooLarge(Connections.MAX_HEAD_BYTES));
    }
    if (failure instanceof BadHeadException bad) {
      return Failure.protocol(String.valueOf(bad.getMessage()));
    }
    if (TlsWords.isTls(failure)) {
      return Failure.connection(TlsWords.of(failure));
    }
    if (isClosed(failure)) {
      return head.isEmpty()
          ? Failure.connection("EOF")
          : Failure.protocol(HeadWords.of(head, true).orElseGet(HeadWords::cut));
    }
    if (failure instanceof StreamResetException reset) {
      return Failure.connection("stream error: " + reset(reset));
    }
    if (failure instanceof IOException io) {
      return Failure.connection(io(io, connection));
    }
    return Failure.protocol(HeadWords.of(head, false).orElseGet(() -> text(failure)));
  }

  /** The head came but not the whole body. */
  static Failure reading(Throwable failure, @Nullable HttpConnection connection) {
    if (TlsWords.isTls(failure)) {
      return Failure.connection(TlsWords.of(failure));
    }
    if (isClosed(failure)) {
      return Failure.connection("unexpected EOF");
    }
    return switch (failure) {
      case StreamResetException reset -> Failure.connection("stream error: " + reset(reset));
      case TooLongFrameException tooLong -> Failure.protocol("header line too long");
      case NumberFormatException number when text(number).contains("overflow") ->
          Failure.protocol("http chunk length too large");
      case NumberFormatException number when isEmpty(number) ->
          Failure.protocol("empty hex number for chunk length");
      case NumberFormatException number -> Failure.protocol("invalid byte in chunk length");
      case DecoderException decoder -> Failure.protocol("malformed chunked encoding");
      case IllegalArgumentException illegal -> Failure.protocol("malformed chunked encoding");
      case IOException io -> Failure.connection(io(io, connection));
      default -> Failure.protocol(text(failure));
    };
  }

  private static boolean isEmpty(NumberFormatException number) {
    return number.getMessage() == null || number.getMessage().startsWith("Empty");
  }

  private static String reset(StreamResetException reset) {
    return "stream reset with code %d; received from peer".formatted(reset.getCode());
  }

  private static String io(IOException failure, @Nullable HttpConnection connection) {
    String reason = reason(failure);
    if (reason.equals("connection reset")) {
      reason = "connection reset by peer";
    }
    String words = reason.equals("broken pipe") ? "write: broken pipe" : "read: " + reason;
    return connection == null
        ? words
        : "%s tcp %s->%s: %s"
            .formatted(
                words.substring(0, words.indexOf(':')),
                connection.localAddress(),
                connection.remoteAddress(),
                words);
  }

  /** Whether the other side closed the connection. */
  static boolean isClosed(Throwable failure) {
    return failure instanceof HttpClosedException
        || failure instanceof ClosedChannelException
        || failure instanceof PrematureChannelClosureException;
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isEmpty() ? failure.getClass().getSimpleName() : message;
  }
}
