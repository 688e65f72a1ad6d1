package io.narthex.notifier.email.internal.smtp;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that are open and the conversations that use them, which end with the notifiers
 * of this bundle: whoever waits for one wakes up. May be used from any thread.
 */
public final class OpenChannels {
  private static final Logger logger = LoggerFactory.getLogger(OpenChannels.class);

  private final Set<SocketChannel> open = new HashSet<>();
  private boolean stopping;
  private boolean closed;
  private int conversations;

  /** A conversation begins, and must {@link #end}; false if none may, since the bundle stops. */
  synchronized boolean begin() {
    if (stopping) {
      return false;
    }
    conversations++;
    return true;
  }

  /** A conversation is over. */
  synchronized void end() {
    conversations--;
    notifyAll();
  }

  /**
   * Lets no conversation begin, and waits for those under way.
   *
   * @param limit how long
   */
  public synchronized void drain(Duration limit) {
    stopping = true;
    long end = System.nanoTime() + limit.toNanos();
    try {
      for (long left = limit.toNanos();
          conversations > 0 && left > 0;
          left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

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
    shut(channel);
  }

  /** All end, and no other begins. */
  public void close() {
    List<SocketChannel> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(open);
      open.clear();
    }
    all.forEach(OpenChannels::shut);
  }

  private static void shut(SocketChannel channel) {
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
