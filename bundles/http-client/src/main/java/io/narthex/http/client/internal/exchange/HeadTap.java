package io.narthex.http.client.internal.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Remembers how the answer to the last request of an HTTP/1 connection began, since the decoder
 * does not say what the line was that it could not read, and takes lines that Go's does not.
 * Belongs to the connection's event loop.
 */
final class HeadTap extends ChannelInboundHandlerAdapter {
  /** Enough for the head of most answers. */
  private static final int KEPT = 2048;

  private byte[] head = new byte[256];
  private int length;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (length < KEPT && message instanceof ByteBuf bytes) {
      int count = Math.min(KEPT - length, bytes.readableBytes());
      if (length + count > head.length) {
        head = Arrays.copyOf(head, Math.min(KEPT, Math.max(length + count, head.length * 2)));
      }
      bytes.getBytes(bytes.readerIndex(), head, length, count);
      length += count;
    }
    super.channelRead(context, message);
  }

  /** An answer was read to its end; the next bytes begin another. */
  void clear() {
    length = 0;
  }

  /** The beginning, as characters up to U+00FF. */
  String head() {
    return new String(head, 0, length, StandardCharsets.ISO_8859_1);
  }
}
