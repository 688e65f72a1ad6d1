package io.narthex.storage.internal.panel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sealed rows on the disk, so that a start need not make them again of the log. The log has all
 * that is in them: whatever is missing or broken here is made of the log. For use under the head's
 * lock.
 *
 * <pre>
 * file   --> "NARTHEXC", major u8 = 1, minor u8 = 0, record^*
 * record --> crc u32 of all that follows, length u32 of the sealed rows, panel i32,
 *            before i64: the time of the panel's row before the first of these, least i64 if there is none,
 *            from i64, to i64: the times of the first and the last row,
 *            sealed rows
 * </pre>
 *
 * <p>All little endian. Nothing is synced: after a loss of power the last records may be broken.
 */
public final class SealedFiles implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(SealedFiles.class);

  private static final byte[] MAGIC = {'N', 'A', 'R', 'T', 'H', 'E', 'X', 'C', 1, 0};
  private static final int RECORD_HEADER = 4 + 4 + 4 + 8 + 8 + 8;
  private static final long FILE_BYTES = 64L << 20;
  private static final int MAX_SEALED = 8 << 20;
  private static final Pattern NAME = Pattern.compile("(\\d{6,})\\.columns");

  private final Path folder;
  private final TreeMap<Long, Long> maxTimes = new TreeMap<>();
  private final CRC32C crc = new CRC32C();

  /** The panels that were met while reading. */
  private final Set<Integer> seen = new HashSet<>();

  private ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024).order(ByteOrder.LITTLE_ENDIAN);
  private @Nullable FileChannel current;
  private long number;
  private long size;
  private boolean isBroken;

  /** Files in a folder, which is made when it is needed. */
  public SealedFiles(Path folder) {
    this.folder = folder;
  }

  /** Takes sealed rows. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Sealed rows; the array is valid during the call only.
     *
     * @param before the time of the panel's row before the first of these, {@link Long#MIN_VALUE}
     *     if there is none, or nobody needs it any more
     */
    void sealed(int panel, long before, long from, long to, byte[] bytes, int length);
  }

  /**
   * Reads what there is; a file is read up to the first record that is broken.
   *
   * @return what could not be read, for people
   */
  public List<String> read(Reader reader) {
    List<String> problems = new ArrayList<>();
    try {
      long last = -1;
      for (long each : numbers()) {
        if (last >= 0 && each != last + 1) {
          problems.add("%s is missing; it is made of the log".formatted(file(last + 1)));
        }
        last = each;
        number = each;
        readFile(each, reader, problems);
      }
    } catch (IOException e) {
      problems.add("%s cannot be read: %s; it is made anew".formatted(folder, e));
    }
    seen.clear();
    return problems;
  }

  private List<Long> numbers() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(matcher -> Long.valueOf(matcher.group(1)))
          .sorted()
          .toList();
    }
  }

  private Path file(long of) {
    return folder.resolve("%06d.columns".formatted(of));
  }

  private void readFile(long of, Reader reader, List<String> problems) throws IOException {
    maxTimes.put(of, Long.MIN_VALUE);
    try (FileChannel channel = FileChannel.open(file(of), StandardOpenOption.READ)) {
      byte[] bytes = new byte[64 * 1024];
      if (!readFully(channel, MAGIC.length) || !ByteBuffer.wrap(MAGIC).equals(buffer)) {
        problems.add("%s is no file of sealed rows; left out".formatted(file(of)));
        return;
      }
      long at = MAGIC.length;
      while (readFully(channel, RECORD_HEADER)) {
        int expected = buffer.getInt();
        crc.reset();
        crc.update(buffer.duplicate());
        int length = buffer.getInt();
        int panel = buffer.getInt();
        long before = buffer.getLong();
        long from = buffer.getLong();
        long to = buffer.getLong();
        if (length <= 0 || length > MAX_SEALED || !readFully(channel, length)) {
          problems.add(broken(of, at));
          return;
        }
        crc.update(buffer.duplicate());
        if ((int) crc.getValue() != expected) {
          problems.add(broken(of, at));
          return;
        }
        if (length > bytes.length) {
          bytes = new byte[Integer.highestOneBit(length) * 2];
        }
        buffer.get(bytes, 0, length);
        // What was before in files that are all whole went with the retention.
        boolean isFirst = seen.add(panel) && problems.isEmpty();
        reader.sealed(panel, isFirst ? Long.MIN_VALUE : before, from, to, bytes, length);
        maxTimes.merge(of, to, Math::max);
        at += RECORD_HEADER + length;
      }
    }
  }

  private String broken(long of, long at) {
    return "%s is broken from byte %d on; the rest is made of the log".formatted(file(of), at);
  }

  /** Fills the buffer with the next bytes; false at the end of the file. */
  private boolean readFully(FileChannel from, int length) throws IOException {
    prepare(length);
    while (buffer.hasRemaining()) {
      if (from.read(buffer) < 0) {
        return false;
      }
    }
    buffer.flip();
    return true;
  }

  private void prepare(int length) {
    if (buffer.capacity() < length) {
      buffer =
          ByteBuffer.allocateDirect(Integer.highestOneBit(length) * 2)
              .order(ByteOrder.LITTLE_ENDIAN);
    }
    buffer.clear().limit(length);
  }

  /** Adds sealed rows; if the disk does not take them they will be made of the log. */
  public void add(int panel, long before, long from, long to, byte[] bytes, int length) {
    if (isBroken) {
      return;
    }
    try {
      FileChannel channel = current(RECORD_HEADER + length);
      prepare(RECORD_HEADER + length);
      buffer.position(4);
      buffer.putInt(length).putInt(panel).putLong(before).putLong(from).putLong(to);
      buffer.put(bytes, 0, length).flip();
      crc.reset();
      crc.update(buffer.duplicate().position(4));
      buffer.putInt(0, (int) crc.getValue());
      while (buffer.hasRemaining()) {
        size += channel.write(buffer);
      }
      maxTimes.merge(number, to, Math::max);
    } catch (IOException e) {
      isBroken = true;
      closeCurrent();
      logger
          .atError()
          .addKeyValue("folder", folder)
          .addKeyValue("err", e.toString())
          .log("sealed rows cannot be written: the next start takes longer");
    }
  }

  /** Every start writes to files of its own, since the end of an older one may be broken. */
  private FileChannel current(int more) throws IOException {
    FileChannel open = current;
    if (open != null && size + more <= FILE_BYTES) {
      return open;
    }
    closeCurrent();
    Files.createDirectories(folder);
    open =
        FileChannel.open(file(++number), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    current = open;
    maxTimes.put(number, Long.MIN_VALUE);
    size = open.write(ByteBuffer.wrap(MAGIC));
    return open;
  }

  /** Deletes the files that hold only older rows, up to the first that does not. */
  public void dropBefore(long time) {
    while (!maxTimes.isEmpty()
        && maxTimes.firstKey() < number
        && maxTimes.firstEntry().getValue() < time) {
      long gone = maxTimes.pollFirstEntry().getKey();
      try {
        Files.deleteIfExists(file(gone));
      } catch (IOException e) {
        logger
            .atWarn()
            .addKeyValue("err", e.toString())
            .log("a file of sealed rows cannot be deleted");
      }
    }
  }

  private void closeCurrent() {
    FileChannel open = current;
    current = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        logger.atDebug().setCause(e).log("a file of sealed rows could not be closed");
      }
    }
  }

  @Override
  public void close() {
    closeCurrent();
    isBroken = true;
  }
}
