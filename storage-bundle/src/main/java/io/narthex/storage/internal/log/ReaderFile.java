package io.narthex.storage.internal.log;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.Position;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What is kept of a named reader, in a small file that is replaced as a whole:
 *
 * <pre>
 * file  --> "NARTHEXR", major u8, minor u8, budget uvarint, partitions uvarint, place^partitions,
 *           crc u32, little endian: CRC32C over all that stands before it
 * place --> epoch uvarint, index uvarint: the committed position
 *           epoch uvarint, index uvarint: the last document that it lost, 0 0 if none
 * </pre>
 *
 * @param committed by partition
 * @param lost by partition; the start if nothing after the committed position was lost
 */
record ReaderFile(long budgetBytes, List<Position> committed, List<Position> lost) {
  private static final byte MAJOR = 1;
  private static final byte MINOR = 0;
  private static final byte[] MAGIC = "NARTHEXR".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_BYTES = 1 << 20;
  private static final int CRC_BYTES = 4;

  byte[] encode() {
    byte[] bytes = Arrays.copyOf(MAGIC, MAGIC.length + 2 + 20 + 40 * committed.size() + CRC_BYTES);
    bytes[MAGIC.length] = MAJOR;
    bytes[MAGIC.length + 1] = MINOR;
    int at = Varint.put(bytes, MAGIC.length + 2, budgetBytes);
    at = Varint.put(bytes, at, committed.size());
    for (int i = 0; i < committed.size(); i++) {
      for (Position each : List.of(committed.get(i), lost.get(i))) {
        at = Varint.put(bytes, at, each.epoch());
        at = Varint.put(bytes, at, each.index());
      }
    }
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, crc(bytes, at));
    return Arrays.copyOf(bytes, at + CRC_BYTES);
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read or is damaged; the message says why
   */
  static ReaderFile read(Path path) throws IOException {
    if (Files.size(path) > MAX_BYTES) {
      throw new IOException("it is larger than any of its kind");
    }
    byte[] bytes = Files.readAllBytes(path);
    int length = bytes.length - CRC_BYTES;
    if (length < MAGIC.length + 4
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IOException("it does not begin as one of ours");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
    if (ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(length)
        != crc(bytes, length)) {
      throw new IOException("its checksum is wrong");
    }
    in.position(MAGIC.length);
    byte major = in.get();
    byte minor = in.get();
    if (major != MAJOR) {
      throw new NarthexException(
          LogErrors.OPEN,
          "%s has reader format %d.%d, this version reads %d.x: use the version that wrote it or a newer one"
              .formatted(path, major, minor, MAJOR));
    }
    try {
      return decode(in);
    } catch (BufferUnderflowException | IllegalStateException e) {
      throw new IOException("it is shorter than it says", e);
    }
  }

  private static ReaderFile decode(ByteBuffer in) {
    long budget = Varint.get(in);
    long partitions = Varint.get(in);
    List<Position> committed = new ArrayList<>();
    List<Position> lost = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      committed.add(new Position(i, Varint.get(in), Varint.get(in)));
      lost.add(new Position(i, Varint.get(in), Varint.get(in)));
    }
    return new ReaderFile(budget, committed, lost);
  }

  /** Replaces a file by this, on the disk when it returns. */
  void write(Path path) throws IOException {
    Path next = path.resolveSibling(path.getFileName() + ".new");
    // Not a channel: the interrupt of a thread that happens to commit would close it.
    try (RandomAccessFile out = new RandomAccessFile(next.toFile(), "rw")) {
      byte[] bytes = encode();
      out.setLength(0);
      out.write(bytes);
      out.getFD().sync();
    }
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(path);
  }

  static void syncFolder(Path child) throws IOException {
    boolean interrupted = Thread.interrupted();
    try (FileChannel folder =
        FileChannel.open(child.resolveSibling("."), StandardOpenOption.READ)) {
      folder.force(true);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
