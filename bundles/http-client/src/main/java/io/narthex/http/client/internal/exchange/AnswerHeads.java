package io.narthex.http.client.internal.exchange;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Makes of the heads that Netty reads what Go makes of them. Interim answers are left out, which
 * Vert.x would take for the answer itself, all but 101: that one is the last that the connection
 * says in HTTP. Belongs to the connection's event loop.
 */
final class AnswerHeads extends ChannelInboundHandlerAdapter {
  private static final int SWITCHING = 101;
  private static final int HIGHEST_STATUS = 999;
  private static final int MAX_INTERIM = 1000;

  private boolean skipping;

  /** Whether the connection is given up, for what an answer on it was. */
  private boolean refused;

  private int interim;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof HttpResponse answer && answer.decoderResult().isSuccess()) {
      int status = answer.status().code();
      skipping = isInterim(status) && interim < MAX_INTERIM;
      if (!skipping) {
        check(answer, status, context.pipeline().get(HeadTap.class));
      }
      interim = skipping ? interim + 1 : 0;
    }
    if (skipping && message instanceof HttpObject) {
      skipping = !(message instanceof LastHttpContent);
      ReferenceCountUtil.release(message);
    } else {
      boolean whole = message instanceof LastHttpContent end && end.decoderResult().isSuccess();
      super.channelRead(context, message);
      HeadTap tap = context.pipeline().get(HeadTap.class);
      if (whole && !refused && tap != null) {
        tap.clear();
      }
    }
  }

  private void check(HttpResponse answer, int status, @Nullable HeadTap tap) {
    String problem = tap == null ? "" : HeadWords.of(tap.head(), false).orElse("");
    if (!problem.isEmpty()) {
      refuse(answer, problem);
    } else if (status > HIGHEST_STATUS) {
      refuse(answer, HeadWords.badStatus(Integer.toString(status)));
    } else if (isInterim(status)) {
      refuse(answer, HeadWords.tooLarge(Connections.MAX_HEAD_BYTES));
    }
    HttpVersion version = answer.protocolVersion();
    String coding = answer.headers().get(HttpHeaderNames.TRANSFER_ENCODING);
    // In HTTP/1.0 it means nothing.
    if (problem.isEmpty()
        && coding != null
        && !coding.equalsIgnoreCase("chunked")
        && !version.equals(HttpVersion.HTTP_1_0)) {
      refuse(answer, HeadWords.unknownCoding(coding));
    }
    if (!version.equals(HttpVersion.HTTP_1_0) && !version.equals(HttpVersion.HTTP_1_1)) {
      answer.setProtocolVersion(HttpVersion.HTTP_1_1);
    }
  }

  private static boolean isInterim(int status) {
    return status >= 100 && status < 200 && status != SWITCHING;
  }

  private void refuse(HttpResponse answer, String words) {
    refused = true;
    answer.setDecoderResult(DecoderResult.failure(new BadHeadException(words)));
  }
}
