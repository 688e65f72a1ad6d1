package io.narthex.notifier.email.internal.smtp;

import io.narthex.notifier.email.internal.settings.Smarthost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections. They are channels, since a thread that waits for one can be interrupted; one
 * that waits for a plain socket cannot. Nor can one that looks up a name, which is done by others.
 */
final class Dialer {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

  /** Longer than any answer may take (RFC 5321, 4.5.3.2); whoever delivers interrupts before. */
  private static final Duration READ_TIMEOUT = Duration.ofMinutes(10);

  private Dialer() {}

  /** A connection to the first of the host's addresses that takes it. */
  static SocketChannel dial(Smarthost smarthost, Lookups lookups, OpenChannels channels)
      throws IOException {
    String host = smarthost.host().isEmpty() ? "localhost" : smarthost.host();
    IOException last = null;
    for (InetAddress address : lookups.find(host)) {
      SocketChannel channel = channels.open();
      try {
        connect(channel, named(address, host), smarthost.port());
        return channel;
      } catch (IOException e) {
        channels.close(channel);
        last = e;
        if (Thread.currentThread().isInterrupted() || channels.isClosed()) {
          throw e;
        }
      }
    }
    throw noAddress(last, host);
  }

  private static IOException noAddress(@Nullable IOException last, String host) {
    return last == null ? new UnknownHostException(host) : last;
  }

  private static void connect(SocketChannel channel, InetAddress address, int port)
      throws IOException {
    try {
      channel
          .socket()
          .connect(new InetSocketAddress(address, port), (int) CONNECT_TIMEOUT.toMillis());
    } catch (IOException e) {
      String name = address.getHostAddress();
      throw new DialException((name.contains(":") ? "[" + name + "]" : name) + ":" + port, e);
    }
    channel.socket().setSoTimeout((int) READ_TIMEOUT.toMillis());
  }

  /** With its name, so that nobody looks it up again. */
  private static InetAddress named(InetAddress address, String host) throws UnknownHostException {
    return InetAddress.getByAddress(host, address.getAddress());
  }

  /** No connection to one address. */
  static final class DialException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String address;

    DialException(String address, IOException cause) {
      super(cause.getMessage(), cause);
      this.address = address;
    }

    String address() {
      return address;
    }
  }
}
