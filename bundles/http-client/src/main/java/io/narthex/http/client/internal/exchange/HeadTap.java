package io.narthex.http.client.internal.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.charset.StandardCharsets;

/**
 * Remembers how the answer to the last request of an HTTP/1 connection began, since the decoder
 * does not say what the line was that it could not read. Belongs to the connection's event loop.
 */
final class HeadTap extends ChannelDuplexHandler {
  /** Enough to quote the line that is wrong. */
  private static final int KEPT = 512;

  private final byte[] head = new byte[KEPT];
  private int length;

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    length = 0;
    super.write(context, message, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (length < KEPT && message instanceof ByteBuf bytes) {
      int count = Math.min(KEPT - length, bytes.readableBytes());
      bytes.getBytes(bytes.readerIndex(), head, length, count);
      length += count;
    }
    super.channelRead(context, message);
  }

  /** The beginning, as characters up to U+00FF. */
  String head() {
    return new String(head, 0, length, StandardCharsets.ISO_8859_1);
  }
}
