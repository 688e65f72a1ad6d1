package io.narthex.scrape.internal.plain;

import io.narthex.scrape.internal.fetch.ByteSink;
import io.narthex.scrape.internal.fetch.Decompression;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads an HTTP/1.1 answer to a GET (RFC 9112) as its bytes come, in pieces of any size. The body
 * goes to a sink without its framing; that of an answer other than 200 goes nowhere. Strict: what
 * it does not understand is an error. Not safe for use by several threads.
 */
final class ResponseReader {
  /** What a head may have, and what of an unwanted body is read so that the connection is kept. */
  static final int MAX_HEAD = 64 * 1024;

  private static final int MAX_UNWANTED = 256 * 1024;

  /** What Go's client buffers: a chunk's line with its end, and a trailer with its end. */
  private static final int MAX_LINE = 4096;

  private static final String LONG_TRAILER = "http: suspiciously long trailer after chunked body";

  private static final int OK = 200;
  private static final int SWITCHING = 101;

  private enum State {
    STATUS,
    HEADERS,
    LENGTH,
    UNTIL_CLOSE,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILERS,
    DONE
  }

  private final ResponseHead head = new ResponseHead();
  private final HeaderText header = new HeaderText();
  private final ChunkLines chunks = new ChunkLines();
  private byte[] line = new byte[256];
  private int lineLength;
  private int headLength;
  private State state = State.DONE;
  private long left;
  private long unwanted;
  private long bodyLimit;
  private boolean begun;
  private Supplier<ByteSink> source = () -> new ByteSink(0);
  private @Nullable ByteSink sink;

  /**
   * Begins to read an answer whose body goes to a sink, which is taken when it is needed: most of
   * the time of a slow target goes by before.
   *
   * @param bodies gives an empty sink
   * @param limit a body that is not compressed is refused from this length on; 0: it is not
   */
  void start(Supplier<ByteSink> bodies, long limit) {
    source = bodies;
    sink = null;
    bodyLimit = limit == 0 ? Long.MAX_VALUE : limit;
    head.clear();
    header.clear();
    chunks.clear();
    lineLength = 0;
    headLength = 0;
    unwanted = 0;
    begun = false;
    state = State.STATUS;
  }

  /** Gives the sink with the body away; without a body it is empty, null if none was taken. */
  @Nullable ByteSink detach() {
    ByteSink body = sink;
    sink = null;
    return body;
  }

  /** What the head says, once it was read. */
  ResponseHead head() {
    return head;
  }

  /** Whether a byte of the answer has come. */
  boolean hasBegun() {
    return begun;
  }

  /** Whether the head has come whole, and it does not say 200. */
  boolean isRefusal() {
    return isInBody() && head.status() != OK;
  }

  /** Whether the body has begun. */
  boolean isInBody() {
    return state.ordinal() > State.HEADERS.ordinal();
  }

  /**
   * Takes the next bytes, up to the end of the answer.
   *
   * @return whether the answer is complete
   */
  boolean accept(ByteBuffer in) throws BadResponseException {
    begun |= in.hasRemaining();
    while (state != State.DONE && in.hasRemaining()) {
      switch (state) {
        case STATUS -> takeStatus(in);
        case HEADERS -> takeHeaders(in);
        case CHUNK_SIZE -> takeChunkLine(in);
        case CHUNK_END -> takeChunkEnd(in);
        case TRAILERS -> takeTrailer(in);
        case LENGTH, CHUNK -> takeCounted(in);
        case UNTIL_CLOSE -> take(in, in.remaining());
        case DONE -> {}
      }
    }
    return state == State.DONE;
  }

  /** The other side has closed: that ends a body without a length, and cuts all else. */
  void end() throws BadResponseException {
    switch (state) {
      case UNTIL_CLOSE -> state = State.DONE;
      case STATUS -> {
        if (headLength == 0) {
          throw BadResponseException.inHead("EOF");
        }
        if (lineLength > 0) {
          head.statusLine(line, lineLength);
        }
        throw BadResponseException.inHead("unexpected EOF");
      }
      case HEADERS -> {
        header.end();
        if (header.length() > 0) {
          head.header(header.bytes(), header.length());
        }
        throw BadResponseException.inHead("unexpected EOF");
      }
      case TRAILERS ->
          throw BadResponseException.inBody(
              lineLength < 2 ? "http: unexpected EOF reading trailer" : LONG_TRAILER);
      default -> throw BadResponseException.inBody("unexpected EOF");
    }
  }

  private void takeStatus(ByteBuffer in) throws BadResponseException {
    while (in.hasRemaining()) {
      byte next = in.get();
      countHead();
      if (next == '\n') {
        int length = lineLength > 0 && line[lineLength - 1] == '\r' ? lineLength - 1 : lineLength;
        lineLength = 0;
        head.statusLine(line, length);
        header.clear();
        state = State.HEADERS;
        return;
      }
      append(next);
    }
  }

  private void takeHeaders(ByteBuffer in) throws BadResponseException {
    while (in.hasRemaining()) {
      byte next = in.get();
      countHead();
      if (header.endsBefore(next)) {
        head.header(header.bytes(), header.length());
        header.clear();
      }
      if (header.take(next)) {
        head.end();
        endHead();
        return;
      }
    }
  }

  private void countHead() throws BadResponseException {
    if (++headLength > MAX_HEAD) {
      throw BadResponseException.inHead(
          "net/http: server response headers exceeded %d bytes; aborted".formatted(MAX_HEAD));
    }
  }

  private void append(byte next) {
    if (lineLength == line.length) {
      line = Arrays.copyOf(line, lineLength * 2);
    }
    line[lineLength++] = next;
  }

  private void endHead() {
    int status = head.status();
    if (status >= 100 && status < 200 && status != SWITCHING) {
      // An interim answer; the real one follows.
      head.clear();
      state = State.STATUS;
    } else if (!head.hasBody()) {
      state = State.DONE;
    } else if (head.isChunked()) {
      state = State.CHUNK_SIZE;
    } else if (head.contentLength() >= 0) {
      left = head.contentLength();
      state = left == 0 ? State.DONE : State.LENGTH;
    } else {
      state = State.UNTIL_CLOSE;
    }
  }

  private void takeChunkLine(ByteBuffer in) throws BadResponseException {
    while (in.hasRemaining()) {
      byte next = in.get();
      append(next);
      if (next == '\n') {
        left = chunks.size(line, lineLength);
        lineLength = 0;
        state = left == 0 ? State.TRAILERS : State.CHUNK;
        return;
      }
      if (lineLength == MAX_LINE) {
        throw BadResponseException.inBody("header line too long");
      }
    }
  }

  private void takeChunkEnd(ByteBuffer in) throws BadResponseException {
    append(in.get());
    if (lineLength == 2) {
      lineLength = 0;
      if (line[0] != '\r' || line[1] != '\n') {
        throw BadResponseException.inBody("malformed chunked encoding");
      }
      state = State.CHUNK_SIZE;
    }
  }

  private void takeTrailer(ByteBuffer in) throws BadResponseException {
    while (in.hasRemaining()) {
      append(in.get());
      if (lineLength == 2 && endsLine(2)) {
        state = State.DONE;
        return;
      }
      if (lineLength >= 4 && endsLine(lineLength) && endsLine(lineLength - 2)) {
        String problem = HeaderText.problem(line, lineLength);
        if (!problem.isEmpty()) {
          throw BadResponseException.inBody(problem);
        }
        state = State.DONE;
        return;
      }
      if (lineLength == MAX_LINE) {
        throw BadResponseException.inBody(LONG_TRAILER);
      }
    }
  }

  private boolean endsLine(int at) {
    return line[at - 2] == '\r' && line[at - 1] == '\n';
  }

  private void takeCounted(ByteBuffer in) throws BadResponseException {
    // A chunk may say any length of 64 bits, as in Go.
    int count = left < 0 ? in.remaining() : (int) Math.min(left, in.remaining());
    take(in, count);
    left -= count;
    if (left == 0) {
      state = state == State.LENGTH ? State.DONE : State.CHUNK_END;
    }
  }

  private void take(ByteBuffer in, int count) throws BadResponseException {
    if (head.status() != OK) {
      in.position(in.position() + count);
      unwanted += count;
      if (unwanted > MAX_UNWANTED) {
        // Nobody wants it, so the connection is given up instead of reading on.
        throw BadResponseException.inBody("too much of an unwanted body");
      }
      return;
    }
    ByteSink to = sink;
    if (to == null) {
      to = source.get();
      sink = to;
    }
    boolean tooLarge = !head.isGzip() && (long) to.length() + count >= bodyLimit;
    if (tooLarge || !to.reserve(count)) {
      throw BadResponseException.inBody(Decompression.TOO_LARGE);
    }
    in.get(to.array(), to.length(), count);
    to.advance(count);
  }
}
