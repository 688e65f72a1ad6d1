package io.narthex.notifier.email.internal.smtp;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that are open, which end with the notifiers of this bundle: whoever waits for one
 * wakes up. May be used from any thread.
 */
public final class OpenChannels {
  private static final Logger logger = LoggerFactory.getLogger(OpenChannels.class);

  private final Set<SocketChannel> open = new HashSet<>();
  private boolean closed;

  /** A new channel. */
  synchronized SocketChannel open() throws IOException {
    if (closed) {
      throw new AsynchronousCloseException();
    }
    SocketChannel channel = SocketChannel.open();
    open.add(channel);
    return channel;
  }

  /** A channel is no longer needed. */
  void close(SocketChannel channel) {
    synchronized (this) {
      open.remove(channel);
    }
    end(channel);
  }

  /** All end, and no other begins. */
  public void close() {
    List<SocketChannel> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(open);
      open.clear();
    }
    all.forEach(OpenChannels::end);
  }

  private static void end(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      logger.debug("a connection could not be closed", e);
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** How many there are. */
  public synchronized int size() {
    return open.size();
  }
}
