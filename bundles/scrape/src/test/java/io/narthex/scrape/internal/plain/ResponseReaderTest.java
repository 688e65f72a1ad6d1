package io.narthex.scrape.internal.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.scrape.internal.fetch.ByteSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseReaderTest {
  private static final int LIMIT = 1 << 20;

  private final ByteSink sink = new ByteSink(LIMIT);
  private final ResponseReader reader = new ResponseReader();

  /** Answers, with the body they hold, or what is wrong with them; ~ stands for a line's end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "HTTP/1.1 200 OK~Content-Length: 5~~hello | hello | keep",
        "HTTP/1.1 200~content-LENGTH:5  ~~hello | hello | keep",
        "HTTP/1.1 200 OK~Content-Length: 5~Connection: close~~hello | hello | close",
        "HTTP/1.0 200 OK~Content-Length: 5~~hello | hello | close",
        "HTTP/1.0 200 OK~Content-Length: 5~Connection: keep-alive~~hello | hello | keep",
        "HTTP/1.1 200 OK~Content-Length: 0~~ | `` | keep",
        "HTTP/1.1 200 OK~~hello | hello | close",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~2~he~3;x=y~llo~0~~ | hello | keep",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~0005~hello~0~T: x~~ | hello | keep",
        "HTTP/1.1 200 OK~Transfer-Encoding: Chunked~Content-Length: 99~~5~hello~0~~ | hello | keep",
        "HTTP/1.1 100 Continue~~HTTP/1.1 200 OK~Content-Length: 5~~hello | hello | keep",
        "HTTP/1.1 204 No Content~~ | `` | keep",
        "HTTP/1.1 404 Not Found~Content-Length: 5~~hello | `` | keep",
        "HTTP/1.1 200 OK~Content-Length: 6~~hello | unexpected EOF | body",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hel | unexpected EOF | body",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~0~ | http: unexpected EOF reading trailer | body",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~helloworld~0~~ | malformed chunked encoding | body",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~x~hello | invalid byte in chunk length | body",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~~hello | empty hex number for chunk length | body",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~12345678901234567~ | http chunk length too large | body",
        "HTTP/1.1 200 OK~Transfer-Encoding: gzip~~x | unsupported transfer encoding: \"gzip\" | head",
        "HTTP/1.1 200 OK~Content-Length: -1~~x | bad Content-Length \"-1\" | head",
        "HTTP/1.1 200 OK~Content-Length: ~~x | invalid empty Content-Length \"\" | head",
        "HTTP/1.1 200 OK~Content-Length: 5~Content-Length: 6~~x | http: message cannot contain multiple Content-Length headers; got [\"5\" \"6\"] | head",
        "HTTP/1.1 200 OK~no colon~~ | malformed MIME header: missing colon: \"no colon\" | head",
        "HTTP/2 200 OK~~ | malformed HTTP version \"HTTP/2\" | head",
        "SSH-2.0-OpenSSH_9.2~~ | malformed HTTP response \"SSH-2.0-OpenSSH_9.2\" | head",
        "HTTP/1.1 2x0 OK~~ | malformed HTTP status code \"2x0\" | head",
        "HTTP/1.1 200 OK~Content-Le | malformed MIME header: missing colon: \"Content-Le\" | head",
        "HTTP/1. | malformed HTTP response \"HTTP/1.\" | head",
        "`` | EOF | head",
      })
  void readsWholeAndInPieces(String answer, String expected, String how) throws Exception {
    byte[] bytes = answer.replace("~", "\r\n").getBytes(StandardCharsets.UTF_8);
    for (int pieces : new int[] {bytes.length + 1, 1, 2, 7}) {
      sink.clear();
      switch (how) {
        case "head", "body" ->
            assertThatThrownBy(() -> read(bytes, pieces))
                .isInstanceOfSatisfying(
                    BadResponseException.class,
                    e -> assertThat(e.inHead()).isEqualTo(how.equals("head")))
                .hasMessage(expected);
        default -> {
          read(bytes, pieces);
          assertThat(body()).isEqualTo(expected);
          assertThat(reader.head().keepAlive()).isEqualTo(how.equals("keep"));
        }
      }
    }
  }

  @Test
  void keepsTheContentTypeAndSaysWhatIsCompressed() throws Exception {
    String head =
        "HTTP/1.1 200 OK\nContent-Type: text/plain; version=0.0.4 \nContent-Encoding: gzip\n";
    byte[] bytes = (head + "Content-Length: 1\n\nx").getBytes(StandardCharsets.UTF_8);
    read(bytes, bytes.length);
    String type = reader.head().contentType();
    assertThat(type).isEqualTo("text/plain; version=0.0.4");
    assertThat(reader.head().isGzip()).isTrue();
    read(bytes, bytes.length);
    assertThat(reader.head().contentType()).isSameAs(type);
    byte[] without = "HTTP/1.1 200 OK\n\n".getBytes(StandardCharsets.UTF_8);
    read(without, without.length);
    assertThat(reader.head().contentType()).isEmpty();
    assertThat(reader.head().isGzip()).isFalse();
  }

  @Test
  void leavesWhatComesBehindTheAnswer() throws Exception {
    reader.start(() -> sink, 0);
    ByteBuffer in = text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabcd");
    assertThat(reader.accept(in)).isTrue();
    assertThat(in.remaining()).isEqualTo(2);
  }

  @Test
  void refusesABodyOfTheLimitOrMore() throws Exception {
    reader.start(() -> sink, 5);
    assertThat(reader.accept(text("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd"))).isTrue();
    reader.start(() -> sink, 5);
    assertThatThrownBy(() -> reader.accept(text("HTTP/1.1 200 OK\r\n\r\nabcde")))
        .hasMessage("body size limit exceeded");
  }

  @Test
  void boundsTheHead() {
    reader.start(() -> sink, 0);
    String endless = "HTTP/1.1 200 OK\r\nX: " + "x".repeat(ResponseReader.MAX_HEAD);
    assertThatThrownBy(() -> reader.accept(text(endless)))
        .hasMessage("net/http: server response headers exceeded 65536 bytes; aborted");
  }

  /** 20,000 answers, two thirds of them damaged, each read whole and in pieces. */
  @Test
  void readsTheSameHoweverItIsCutAndNeverFailsOtherwise() {
    Random random = new Random(11);
    int whole = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] answer = ResponseCorpus.answer(random);
      String once = outcome(answer, answer.length + 1);
      assertThat(outcome(answer, 1 + random.nextInt(40))).isEqualTo(once);
      whole += once.startsWith("200") ? 1 : 0;
    }
    assertThat(whole).as("answers that were read whole").isBetween(6_000, 18_000);
  }

  private String outcome(byte[] answer, int pieces) {
    sink.clear();
    try {
      read(answer, pieces);
      return reader.head().status() + " " + reader.head().keepAlive() + " " + body();
    } catch (BadResponseException e) {
      return e.inHead() + " " + e.getMessage();
    }
  }

  private void read(byte[] bytes, int piece) throws BadResponseException {
    sink.clear();
    reader.start(() -> sink, 0);
    for (int from = 0; from < bytes.length; from += piece) {
      if (reader.accept(ByteBuffer.wrap(bytes, from, Math.min(piece, bytes.length - from)))) {
        return;
      }
    }
    reader.end();
  }

  private String body() {
    return new String(sink.array(), 0, sink.length(), StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
