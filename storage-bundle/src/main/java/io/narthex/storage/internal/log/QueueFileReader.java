package io.narthex.storage.internal.log;

import io.narthex.spi.log.DurableLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one Chronicle file without Chronicle: nothing is mapped, nothing is written,
 * no damage makes it wait. The file is a row of documents, each a 4-byte word (little endian) and
 * then that many bytes, at multiples of 4:
 *
 * <pre>
 * word --> bit 31: not complete, bit 30: Chronicle's own (index and the like), bits 0-29: length
 *          0: nothing more here; bits 31 and 30 with length 0: the file was ended
 * </pre>
 */
final class QueueFileReader implements AutoCloseable {
  private static final int NOT_COMPLETE = 0x8000_0000;
  private static final int META = 0x4000_0000;
  private static final int END_OF_FILE = NOT_COMPLETE | META;
  private static final int LENGTH = 0x3fff_ffff;
  private static final int WORD = 4;

  /** The bytes of a frame, its checksum and its kind, that are not all 0. */
  private static final int FRAME_BEGIN = 5;

  static final int BUFFER_BYTES = 1 << 20;
  private static final int SMALL_BUFFER_BYTES = 4 << 10;
  private static final int MAX_OWN_BYTES = 64 << 20;

  private final FileChannel channel;
  private final long size;
  private byte[] buffer;
  private long bufferStart;
  private int bufferLength;
  private long next;
  private long frameAt;
  private long bytesRead;
  private String problem = "";
  private boolean isTorn;

  QueueFileReader(Path file) throws IOException {
    this(file, BUFFER_BYTES);
  }

  QueueFileReader(Path file, int bufferBytes) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
    size = channel.size();
    buffer = new byte[bufferBytes];
  }

  /** One that reads no more of the file than it must for a few small frames. */
  static QueueFileReader ofBeginning(Path file) throws IOException {
    return new QueueFileReader(file, SMALL_BUFFER_BYTES);
  }

  /**
   * Goes to the document that is said to be at an offset, so that {@link #next} gives it. Nothing
   * changes if it is not there.
   */
  boolean seek(SeekHints.Hint hint) throws IOException {
    long before = next;
    if (hint.offset() <= next || hint.offset() + WORD > size || hint.offset() % WORD != 0) {
      return false;
    }
    next = hint.offset();
    Frame.Decoded found = (word(next) & META) == 0 ? next() : null;
    boolean isIt =
        found != null
            && found.kind() == Frame.DOCUMENT
            && found.sequence() == hint.sequence()
            && frameAt == hint.offset();
    problem = "";
    next = isIt ? hint.offset() : before;
    return isIt;
  }

  /** Where the frame begins, with Chronicle's word, that {@link #next} gave last. */
  long frameAt() {
    return frameAt;
  }

  /** Where the next frame would begin. */
  long nextAt() {
    return next;
  }

  /**
   * Whether what {@link #problem} tells of is the beginning of a document that was never finished,
   * and nothing else.
   */
  boolean isTorn() {
    return isTorn;
  }

  /** What share of the file lies before the next frame. */
  double share() {
    return size == 0 ? 1 : (double) next / size;
  }

  /** How much was read from the file. */
  long bytesRead() {
    return bytesRead;
  }

  /** The next frame that is whole, or null at the end or where the file is damaged. */
  Frame.@Nullable Decoded next() throws IOException {
    while (true) {
      if (next + WORD > size) {
        return null;
      }
      int word = word(next);
      if (word == 0 || word == END_OF_FILE) {
        return null;
      }
      int length = word & LENGTH;
      if ((word & NOT_COMPLETE) != 0) {
        problem = "a document was not finished";
        isTorn = firstNonZero(next + maxFrame()) < 0;
        return null;
      }
      boolean own = (word & META) != 0;
      if (next + WORD + length > size || length > (own ? MAX_OWN_BYTES : maxFrame())) {
        problem = "a document of %d bytes does not fit".formatted(length);
        return null;
      }
      long at = next + WORD;
      long after = (at + length + WORD - 1) & -WORD;
      if (own) {
        next = after;
        continue;
      }
      fill(at, length);
      Frame.Decoded frame = Frame.decode(buffer, (int) (at - bufferStart), length);
      if (frame == null) {
        problem = "the checksum of a document is wrong";
        return null;
      }
      frameAt = next;
      next = after;
      return frame;
    }
  }

  /**
   * Why {@link #next} ended before the end of what was written, or {@code ""}; offsets are in the
   * file.
   */
  String problem() throws IOException {
    if (!problem.isEmpty()) {
      return "%s at byte %d".formatted(problem, next);
    }
    long stray = next + WORD > size || word(next) == END_OF_FILE ? -1 : firstNonZero(next);
    if (stray < 0) {
      return "";
    }
    // Chronicle sets the word last: a process that was killed in between leaves the beginning of a
    // frame behind a word of 0. A page that was lost with a power failure leaves zeros there too.
    isTorn = stray < next + WORD + FRAME_BEGIN;
    return isTorn
        ? "a document was not finished at byte %d".formatted(next)
        : "unreadable data at byte %d, after the last document at %d".formatted(stray, next);
  }

  private long firstNonZero(long from) throws IOException {
    for (long at = from; at < size; at += BUFFER_BYTES) {
      int n = (int) Math.min(BUFFER_BYTES, size - at);
      fill(at, n);
      int offset = (int) (at - bufferStart);
      for (int i = 0; i < n; i++) {
        if (buffer[offset + i] != 0) {
          return at + i;
        }
      }
    }
    return -1;
  }

  private static int maxFrame() {
    return DurableLog.MAX_DOCUMENT_BYTES + Frame.MAX_OVERHEAD;
  }

  private int word(long at) throws IOException {
    fill(at, WORD);
    return ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN).getInt((int) (at - bufferStart));
  }

  /** Makes sure that the buffer has these bytes of the file, which are there. */
  private void fill(long at, int length) throws IOException {
    if (at >= bufferStart && at + length <= bufferStart + bufferLength) {
      return;
    }
    if (length > buffer.length) {
      buffer = Arrays.copyOf(buffer, length);
    }
    ByteBuffer into = ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, size - at));
    while (into.hasRemaining()) {
      if (channel.read(into, at + into.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    bufferStart = at;
    bufferLength = into.position();
    bytesRead += bufferLength;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
