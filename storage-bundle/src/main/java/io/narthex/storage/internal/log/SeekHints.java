package io.narthex.storage.internal.log;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Where some documents lie in a log file, about one a mebibyte, in a small file beside it:
 *
 * <pre>
 * file  --> "NTXSEEK", major u8, hint^*
 * hint  --> sequence u64, offset u64, crc u32: CRC32C over both; all little endian
 * </pre>
 *
 * <p>It only helps to begin a reading quickly. It is neither synced nor trusted: who uses a hint
 * looks whether that document is there ({@link QueueFileReader#seek}), and without hints the file
 * is read from its beginning.
 */
final class SeekHints implements AutoCloseable {
  static final String SUFFIX = ".seek";

  /** A hint is made for the first document that begins so far after the one of the hint before. */
  static final long STEP_BYTES = 1 << 20;

  private static final byte MAJOR = 1;
  private static final byte[] MAGIC = "NTXSEEK".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = MAGIC.length + 1;
  private static final int HINT_BYTES = 8 + 8 + 4;

  /** Hints for more than 50 GiB; what is beyond them is found by reading. */
  private static final int MAX_BYTES = HEADER_BYTES + HINT_BYTES * (50 << 10);

  private final Path path;
  private @Nullable RandomAccessFile file;
  private boolean failed;
  private long hinted;

  /** A hint: the document of this number begins, with Chronicle's word, at this offset. */
  record Hint(long sequence, long offset) {}

  /** Writes the hints of a log file; nothing is written before there is one. */
  SeekHints(Path logFile) {
    this.path = path(logFile);
  }

  private static Path path(Path logFile) {
    return logFile.resolveSibling(logFile.getFileName() + SUFFIX);
  }

  /** A document has been written. What goes wrong here costs the hints, nothing else. */
  void written(long sequence, long offset) {
    if (failed || offset - hinted < STEP_BYTES) {
      return;
    }
    hinted = offset;
    try {
      RandomAccessFile to = file;
      if (to == null) {
        to = new RandomAccessFile(path.toFile(), "rw");
        file = to;
        to.write(ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).put(MAJOR).array());
      }
      to.write(encode(sequence, offset));
    } catch (IOException e) {
      failed = true;
      close();
    }
  }

  private static byte[] encode(long sequence, long offset) {
    ByteBuffer out = ByteBuffer.allocate(HINT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(sequence).putLong(offset).putInt(crc(out.array(), 0));
    return out.array();
  }

  private static int crc(byte[] bytes, int offset) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, HINT_BYTES - 4);
    return (int) crc.getValue();
  }

  /**
   * The hints of documents up to a number, the nearest first; none if there is no file or it cannot
   * be read.
   */
  static List<Hint> before(Path logFile, long upTo) {
    List<Hint> hints = new ArrayList<>();
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes(path(logFile))).order(ByteOrder.LITTLE_ENDIAN);
      if (in.remaining() < HEADER_BYTES || !isOurs(in)) {
        return hints;
      }
      while (in.remaining() >= HINT_BYTES) {
        int at = in.position();
        Hint hint = new Hint(in.getLong(), in.getLong());
        if (in.getInt() == crc(in.array(), at) && hint.sequence() <= upTo) {
          hints.add(hint);
        }
      }
    } catch (IOException e) {
      // Without hints the file is read from its beginning, which says what is wrong with the disk.
      return List.of();
    }
    return hints.reversed();
  }

  private static boolean isOurs(ByteBuffer in) {
    byte[] magic = new byte[MAGIC.length];
    in.get(magic);
    return Arrays.equals(magic, MAGIC) && in.get() == MAJOR;
  }

  private static byte[] bytes(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MAX_BYTES, channel.size()));
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      return Arrays.copyOf(bytes.array(), bytes.position());
    } catch (NoSuchFileException e) {
      return new byte[0];
    }
  }

  /** Deletes what belongs to a log file that goes. */
  static void delete(Path logFile) throws IOException {
    Files.deleteIfExists(path(logFile));
  }

  @Override
  public void close() {
    RandomAccessFile open = file;
    file = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException ignored) {
        // Nothing is buffered, and nobody relies on it.
      }
    }
  }
}
