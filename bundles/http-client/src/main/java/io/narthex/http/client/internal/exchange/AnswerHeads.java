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
  private int interim;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof HttpResponse answer && answer.decoderResult().isSuccess()) {
      int status = answer.status().code();
      skipping = status < 200 && status != SWITCHING && interim < MAX_INTERIM;
      if (!skipping) {
        check(answer, status);
      }
      interim = skipping ? interim + 1 : 0;
    }
    if (skipping && message instanceof HttpObject) {
      skipping = !(message instanceof LastHttpContent);
      ReferenceCountUtil.release(message);
    } else {
      super.channelRead(context, message);
    }
  }

  private static void check(HttpResponse answer, int status) {
    if (status > HIGHEST_STATUS) {
      refuse(answer, HeadWords.badStatus(Integer.toString(status)));
    } else if (status < 200 && status != SWITCHING) {
      refuse(answer, HeadWords.tooLarge(Connections.MAX_HEAD_BYTES));
    }
    String coding = answer.headers().get(HttpHeaderNames.TRANSFER_ENCODING);
    if (coding != null && !coding.equalsIgnoreCase("chunked")) {
      refuse(answer, HeadWords.unknownCoding(coding));
    }
    HttpVersion version = answer.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_0) && !version.equals(HttpVersion.HTTP_1_1)) {
      answer.setProtocolVersion(HttpVersion.HTTP_1_1);
    }
  }

  private static void refuse(HttpResponse answer, String words) {
    answer.setDecoderResult(DecoderResult.failure(new BadHeadException(words)));
  }
}
