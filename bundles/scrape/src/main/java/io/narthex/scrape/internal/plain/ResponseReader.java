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
  private static final int MAX_CHUNK_LINE = 4096;
  private static final int MAX_CHUNK_DIGITS = 15;
  private static final int OK = 200;

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
        case STATUS, HEADERS, CHUNK_SIZE, CHUNK_END, TRAILERS -> {
          if (takeLine(in)) {
            endLine();
          }
        }
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
        if (lineLength > 0) {
          throw BadResponseException.inHead("unexpected EOF");
        }
        throw BadResponseException.inHead("EOF");
      }
      case HEADERS -> throw BadResponseException.inHead("unexpected EOF");
      default -> throw BadResponseException.inBody("unexpected EOF");
    }
  }

  /** Collects a line without its end; true once it is whole. */
  private boolean takeLine(ByteBuffer in) throws BadResponseException {
    while (in.hasRemaining()) {
      byte next = in.get();
      if (next == '\n') {
        if (lineLength > 0 && line[lineLength - 1] == '\r') {
          lineLength--;
        }
        return true;
      }
      if (lineLength == line.length) {
        line = Arrays.copyOf(line, lineLength * 2);
      }
      line[lineLength++] = next;
      checkLength();
    }
    return false;
  }

  private void checkLength() throws BadResponseException {
    if (state == State.STATUS || state == State.HEADERS) {
      if (++headLength > MAX_HEAD) {
        throw BadResponseException.inHead(
            "server response headers exceeded %d bytes; aborted".formatted(MAX_HEAD));
      }
    } else if (lineLength > MAX_CHUNK_LINE) {
      throw BadResponseException.inBody("header line too long");
    }
  }

  private void endLine() throws BadResponseException {
    int length = lineLength;
    lineLength = 0;
    switch (state) {
      case STATUS -> {
        head.statusLine(line, length);
        state = State.HEADERS;
      }
      case HEADERS -> {
        if (length > 0) {
          head.header(line, length);
        } else {
          endHead();
        }
      }
      case CHUNK_SIZE -> {
        left = chunkSize(length);
        state = left == 0 ? State.TRAILERS : State.CHUNK;
      }
      case CHUNK_END -> {
        if (length > 0) {
          throw BadResponseException.inBody("malformed chunked encoding");
        }
        state = State.CHUNK_SIZE;
      }
      case TRAILERS -> {
        if (length == 0) {
          state = State.DONE;
        }
      }
      default -> throw new IllegalStateException("no line is expected in " + state);
    }
  }

  private void endHead() {
    int status = head.status();
    if (status >= 100 && status < 200) {
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

  private long chunkSize(int length) throws BadResponseException {
    int end = 0;
    while (end < length && line[end] != ';') {
      end++;
    }
    while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '\t')) {
      end--;
    }
    if (end == 0) {
      throw BadResponseException.inBody("malformed chunked encoding");
    }
    if (end > MAX_CHUNK_DIGITS) {
      throw BadResponseException.inBody("http chunk length too large");
    }
    long size = 0;
    for (int i = 0; i < end; i++) {
      int digit = Character.digit(line[i], 16);
      if (digit < 0) {
        throw BadResponseException.inBody("invalid byte in chunk length");
      }
      size = size << 4 | digit;
    }
    return size;
  }

  private void takeCounted(ByteBuffer in) throws BadResponseException {
    int count = (int) Math.min(left, in.remaining());
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
