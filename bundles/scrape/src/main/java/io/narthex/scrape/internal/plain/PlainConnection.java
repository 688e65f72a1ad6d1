package io.narthex.scrape.internal.plain;

import io.narthex.scrape.internal.thread.ScrapeThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a target. It tells its owner what comes; all calls are made on the scrape thread.
 */
final class PlainConnection {
  /** How much is read for one target before others have their turn. */
  private static final int READS_PER_TURN = 8;

  /** Who uses the connection. None of the calls may throw. */
  interface Owner {
    /** The connection stands. */
    void connected();

    /** Bytes have come; those that are left are from after the answer. */
    void received(ByteBuffer bytes);

    /** The other side has closed. */
    void ended();

    /** The connection could not be made, or broke. */
    void failed(String operation, IOException cause);
  }

  private final ScrapeThread thread;
  private final Owner owner;
  private final InetSocketAddress remote;
  private final SocketChannel channel;
  private @Nullable InetSocketAddress local;
  private @Nullable SelectionKey key;
  private @Nullable ByteBuffer output;

  private PlainConnection(
      ScrapeThread thread, Owner owner, InetSocketAddress remote, SocketChannel channel) {
    this.thread = thread;
    this.owner = owner;
    this.remote = remote;
    this.channel = channel;
  }

  /** Begins to connect; the owner is told how it went, perhaps within this call. */
  static PlainConnection open(ScrapeThread thread, Owner owner, InetSocketAddress remote)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      PlainConnection connection = new PlainConnection(thread, owner, remote, channel);
      boolean atOnce = channel.connect(remote);
      connection.key =
          thread.register(
              channel, atOnce ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, connection::ready);
      if (atOnce) {
        thread.execute(connection::connected);
      }
      return connection;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  InetSocketAddress remote() {
    return remote;
  }

  @Nullable InetSocketAddress local() {
    return local;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** Sends bytes, now or as soon as the network takes them. */
  void send(byte[] bytes) {
    output = ByteBuffer.wrap(bytes);
    write();
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is given up in any case.
    }
  }

  private void connected() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      local = (InetSocketAddress) channel.getLocalAddress();
    } catch (IOException e) {
      owner.failed("connect", e);
      return;
    }
    owner.connected();
  }

  private void ready(SelectionKey selected) {
    if (selected.isConnectable()) {
      finishConnecting(selected);
      return;
    }
    if (selected.isWritable()) {
      write();
    }
    if (selected.isValid() && selected.isReadable()) {
      read();
    }
  }

  private void finishConnecting(SelectionKey selected) {
    try {
      if (!channel.finishConnect()) {
        return;
      }
    } catch (IOException e) {
      owner.failed("connect", e);
      return;
    }
    // Reading stays on while nothing is asked for: so it is seen when the other side closes.
    selected.interestOps(SelectionKey.OP_READ);
    connected();
  }

  private void write() {
    ByteBuffer rest = output;
    SelectionKey own = key;
    if (rest == null || own == null) {
      return;
    }
    try {
      channel.write(rest);
    } catch (IOException e) {
      owner.failed("write", e);
      return;
    }
    boolean all = !rest.hasRemaining();
    output = all ? null : rest;
    int wanted = all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    if (own.interestOps() != wanted) {
      own.interestOps(wanted);
    }
  }

  private void read() {
    for (int turn = 0; turn < READS_PER_TURN && channel.isOpen(); turn++) {
      ByteBuffer buffer = thread.readBuffer();
      int count;
      try {
        count = channel.read(buffer);
      } catch (IOException e) {
        owner.failed("read", e);
        return;
      }
      if (count < 0) {
        owner.ended();
        return;
      }
      boolean full = !buffer.hasRemaining();
      if (count > 0) {
        owner.received(buffer.flip());
      }
      if (!full) {
        return;
      }
    }
  }
}
