package io.narthex.storage.internal.panel;

import io.narthex.storage.internal.failpoint.FailPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
 * file   --> "NARTHEXC", major u8 = 1, minor u8 = 0, i64: the size of the file before, record^*
 * record --> crc u32 of all that follows, length u32 of the sealed rows, panel i32,
 *            before i64: the time of the panel's row before the first of these, least i64 if there is none,
 *            from i64, to i64: the times of the first and the last row,
 *            sealed rows
 * </pre>
 *
 * <p>All little endian. Files are numbered from 1; of the last that was dropped with the retention
 * an empty {@code .dropped} is left, so that one that was lost is known. What was added since the
 * last {@link #sync} may be broken after a loss of power. A file that is broken is cut there, and
 * gets a record of the panel {@value #GAP}: what stands after it may follow on nothing.
 */
public final class SealedFiles implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(SealedFiles.class);

  private static final byte[] MAGIC = {'N', 'A', 'R', 'T', 'H', 'E', 'X', 'C', 1, 0};
  private static final int FILE_HEADER = 10 + 8;
  private static final int RECORD_HEADER = 4 + 4 + 4 + 8 + 8 + 8;
  private static final long FILE_BYTES = 64L << 20;
  private static final int MAX_SEALED = 8 << 20;
  private static final Pattern NAME = Pattern.compile("(\\d{6,})\\.columns");
  private static final Pattern DROPPED = Pattern.compile("(\\d{6,})\\.dropped");

  private static final int GAP = -1;
  private static final int PLACE_BITS = 28;

  private final Path folder;
  private final long fileBytes;
  private final TreeMap<Long, Long> maxTimes = new TreeMap<>();
  private final CRC32C crc = new CRC32C();

  /** The panels that were met while reading. */
  private final Set<Integer> seen = new HashSet<>();

  private ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024).order(ByteOrder.LITTLE_ENDIAN);
  private @Nullable FileChannel current;
  private long number;
  private long size;
  private boolean isBroken;
  private boolean isClosed;

  /** Whether records are missing before the one that is written next. */
  private boolean lacksSome;

  /** The files that have what is not synced. */
  private final Set<Long> unsynced = ConcurrentHashMap.newKeySet();

  /** Whether records are missing before the one that is being read. */
  private boolean hasGap;

  /** Files in a folder, which is made when it is needed. */
  public SealedFiles(Path folder) {
    this(folder, FILE_BYTES);
  }

  /** Files of another size. */
  public SealedFiles(Path folder, long fileBytes) {
    this.folder = folder;
    this.fileBytes = fileBytes;
  }

  /** Takes sealed rows. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Sealed rows; the array is valid during the call only.
     *
     * @param place where they are, see {@link #add}
     * @param before the time of the panel's row before the first of these, {@link Long#MIN_VALUE}
     *     if there is none, or nobody needs it any more
     */
    void sealed(int panel, long place, long before, long from, long to, byte[] bytes, int length);
  }

  /**
   * Reads what there is; a file is read up to the first record that is broken.
   *
   * @param all whether all that there is was ever written and not dropped counts: then the first
   *     rows of a panel follow on nothing. If not, the reader knows on what they follow
   * @return what could not be read, for people
   */
  public List<String> read(boolean all, Reader reader) {
    List<String> problems = new ArrayList<>();
    try {
      List<Long> dropped = numbers(DROPPED);
      long last = dropped.isEmpty() ? 0 : dropped.getLast();
      List<Long> numbers = numbers(NAME);
      long firstNumber = numbers.isEmpty() ? 0 : numbers.getFirst();
      number = last;
      for (long each : numbers) {
        for (long missing = last + 1; missing < each; missing++) {
          problems.add("%s is missing; it is made of the log".formatted(file(missing)));
          markGap(missing, 0);
        }
        last = each;
        number = each;
        readFile(each, each == firstNumber, all, reader, problems);
      }
    } catch (IOException e) {
      problems.add("%s cannot be read: %s; it is made anew".formatted(folder, e));
    }
    seen.clear();
    return problems;
  }

  private List<Long> numbers(Pattern names) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> names.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(matcher -> Long.valueOf(matcher.group(1)))
          .sorted()
          .toList();
    }
  }

  private Path file(long of) {
    return folder.resolve("%06d.columns".formatted(of));
  }

  private Path dropped(long of) {
    return folder.resolve("%06d.dropped".formatted(of));
  }

  private void readFile(
      long of, boolean isFirstFile, boolean all, Reader reader, List<String> problems)
      throws IOException {
    maxTimes.put(of, Long.MIN_VALUE);
    try (FileChannel channel = FileChannel.open(file(of), StandardOpenOption.READ)) {
      byte[] bytes = new byte[64 * 1024];
      if (!readFully(channel, FILE_HEADER)
          || !ByteBuffer.wrap(MAGIC).equals(buffer.slice(0, MAGIC.length))) {
        problems.add("%s is no file of sealed rows; it is made of the log".formatted(file(of)));
        markGap(of, 0);
        return;
      }
      long sizeBefore = buffer.getLong(MAGIC.length);
      if (sizeBefore > size && !hasGap && !isFirstFile) {
        problems.add(
            "%s has lost its end, %d bytes; it is made of the log"
                .formatted(file(of - 1), sizeBefore - size));
        hasGap = true;
      }
      size = channel.size();
      long at = FILE_HEADER;
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
          markGap(of, at);
          return;
        }
        crc.update(buffer.duplicate());
        if ((int) crc.getValue() != expected) {
          problems.add(broken(of, at));
          markGap(of, at);
          return;
        }
        long place = place(of, at);
        at += RECORD_HEADER + length;
        if (panel == GAP) {
          hasGap = true;
          continue;
        }
        if (length > bytes.length) {
          bytes = new byte[Integer.highestOneBit(length) * 2];
        }
        buffer.get(bytes, 0, length);
        // What was before in files that are all whole went with the retention.
        boolean isFirst = all && seen.add(panel) && !hasGap;
        reader.sealed(panel, place, isFirst ? Long.MIN_VALUE : before, from, to, bytes, length);
        maxTimes.merge(of, to, Math::max);
      }
    }
  }

  /** Cuts a file where it is broken, so that this is said once only. */
  private void markGap(long of, long at) {
    hasGap = true;
    try (FileChannel channel =
        FileChannel.open(file(of), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(at);
      channel.position(channel.size());
      if (at == 0) {
        writeHeader(channel);
      }
      encode(GAP, 0, 0, 0, new byte[1], 1);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      maxTimes.putIfAbsent(of, Long.MIN_VALUE);
    } catch (IOException e) {
      logger
          .atDebug()
          .setCause(e)
          .log("a broken file of sealed rows could not be cut where it is broken");
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

  /** Orders records as they stand: by file, then by where they begin in it. */
  private static long place(long of, long at) {
    return of << PLACE_BITS | at;
  }

  /** The number of the file in which a place is. */
  static long fileOf(long place) {
    return place >>> PLACE_BITS;
  }

  /** The number of the oldest file, or {@link Long#MAX_VALUE}. */
  public long firstFile() {
    return maxTimes.isEmpty() ? Long.MAX_VALUE : maxTimes.firstKey();
  }

  /**
   * Adds sealed rows; if the disk does not take them they will be made of the log.
   *
   * @return where they are, which grows from record to record; -1 if they are nowhere
   */
  public long add(int panel, long before, long from, long to, byte[] bytes, int length) {
    if (isBroken || isClosed) {
      lacksSome = true;
      return -1;
    }
    try {
      FileChannel channel = current(RECORD_HEADER + length);
      encode(panel, before, from, to, bytes, length);
      long place = place(number, size);
      int whole = buffer.limit();
      buffer.limit(FailPoint.MID_SEALED_FILE_WRITE.part(whole));
      write(channel);
      FailPoint.MID_SEALED_FILE_WRITE.reach();
      buffer.limit(whole);
      write(channel);
      unsynced.add(number);
      maxTimes.merge(number, to, Math::max);
      return place;
    } catch (IOException e) {
      isBroken = true;
      lacksSome = true;
      closeCurrent();
      logger
          .atError()
          .addKeyValue("folder", folder)
          .addKeyValue("err", e.toString())
          .log("sealed rows cannot be written: the next start takes longer");
      return -1;
    }
  }

  /**
   * Brings to the disk what was added before; without the head's lock.
   *
   * @throws IOException if the disk does not take it
   */
  public void sync() throws IOException {
    List<Long> files = new ArrayList<>(unsynced);
    for (long each : files) {
      // What is added meanwhile marks the file again.
      unsynced.remove(each);
      try (FileChannel channel = FileChannel.open(file(each), StandardOpenOption.WRITE)) {
        channel.force(true);
      } catch (NoSuchFileException ignored) {
        // It went with the retention.
      } catch (IOException e) {
        unsynced.add(each);
        throw e;
      }
    }
  }

  /** Goes on with a file of its own, if the disk did not take sealed rows. */
  public void tryAgain() {
    isBroken = false;
  }

  private void write(FileChannel to) throws IOException {
    while (buffer.hasRemaining()) {
      size += to.write(buffer);
    }
  }

  /** Puts a record into the buffer. */
  private void encode(int panel, long before, long from, long to, byte[] bytes, int length) {
    prepare(RECORD_HEADER + length);
    buffer.position(4);
    buffer.putInt(length).putInt(panel).putLong(before).putLong(from).putLong(to);
    buffer.put(bytes, 0, length).flip();
    crc.reset();
    crc.update(buffer.duplicate().position(4));
    buffer.putInt(0, (int) crc.getValue());
  }

  /** Every start writes to files of its own, since the end of an older one may be broken. */
  private FileChannel current(int more) throws IOException {
    FileChannel open = current;
    if (open != null && size + more <= fileBytes) {
      return open;
    }
    closeCurrent();
    Files.createDirectories(folder);
    open =
        FileChannel.open(file(++number), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    FailPoint.MID_SEALED_FILE_ROLL.reach();
    long sizeBefore = size;
    try {
      size = writeHeader(open);
      if (lacksSome) {
        encode(GAP, 0, 0, 0, new byte[1], 1);
        write(open);
      }
    } catch (IOException e) {
      open.close();
      Files.delete(file(number--));
      size = sizeBefore;
      throw e;
    }
    lacksSome = false;
    current = open;
    maxTimes.put(number, Long.MIN_VALUE);
    return open;
  }

  private int writeHeader(FileChannel to) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(FILE_HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).putLong(size).flip();
    while (header.hasRemaining()) {
      to.write(header);
    }
    return FILE_HEADER;
  }

  /** Deletes the files that hold only older rows, up to the first that does not. */
  public void dropBefore(long time) {
    while (!maxTimes.isEmpty()
        && maxTimes.firstKey() < number
        && maxTimes.firstEntry().getValue() < time) {
      long gone = maxTimes.pollFirstEntry().getKey();
      try {
        drop(gone);
      } catch (IOException e) {
        logger
            .atWarn()
            .addKeyValue("err", e.toString())
            .log("a file of sealed rows cannot be deleted");
      }
    }
  }

  /**
   * Leaves an empty file of another name, which tells a start that the file went and was not lost.
   */
  private void drop(long gone) throws IOException {
    if (Files.exists(file(gone))) {
      Files.move(file(gone), dropped(gone), StandardCopyOption.ATOMIC_MOVE);
    }
    FailPoint.MID_SEALED_FILE_DELETE.reach();
    Files.write(dropped(gone), new byte[0]);
    Files.deleteIfExists(dropped(gone - 1));
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
    isClosed = true;
  }
}
