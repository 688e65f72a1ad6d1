package io.narthex.storage.internal.log;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.DurableLog.DocumentReader;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.Position;
import io.narthex.storage.internal.log.DamagedFiles.Damage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one epoch of one partition, file by file. It ends at the first document that is damaged or
 * missing: what comes after it in the epoch may depend on it. Other epochs do not.
 */
final class PartitionReader {
  /** So many documents are read before it is said how far the reading is. */
  private static final int PROGRESS_STEP = 1024;

  /** Hints that turn out wrong are passed over; with so many of them the file is read. */
  private static final int TRIED_HINTS = 8;

  private static final int SMALL_BUFFER_BYTES = 64 << 10;

  private final LogFolder folder;
  private final long epoch;
  private final int partition;
  private final List<String> problems;
  private long limit = Long.MAX_VALUE;
  private long expected;
  private long last;
  private long bytesRead;
  private @Nullable Damage damage;
  private boolean isLast;
  private int bufferBytes = QueueFileReader.BUFFER_BYTES;
  private @Nullable Place place;
  private DoubleConsumer progress = share -> {};

  PartitionReader(LogFolder folder, long epoch, int partition, List<String> problems) {
    this.folder = folder;
    this.epoch = epoch;
    this.partition = partition;
    this.problems = problems;
  }

  /**
   * Hands over the documents with a greater sequence; gives that of the last good document, 0 if
   * there is none. Files before the one that has the next document are not looked at, nor is most
   * of what comes before it in that file.
   */
  long read(long after, DocumentReader reader) throws IOException {
    List<Path> files = folder.files(epoch, partition);
    int first = firstFile(files, after);
    for (int i = first; i < files.size(); i++) {
      int before = i - first;
      int all = files.size() - first;
      if (!readFile(
          files.get(i), after, reader, share -> progress.accept((before + share) / all))) {
        break;
      }
    }
    progress.accept(1);
    return last;
  }

  /** The newest file that begins no later than after a document; the oldest if none does. */
  private int firstFile(List<Path> files, long after) throws IOException {
    for (int i = files.size() - 1; i > 0; i--) {
      long before = before(files.get(i), epoch, partition);
      if (before >= 0 && before <= after) {
        return i;
      }
    }
    return 0;
  }

  /** Ends the reading behind the document of this number, though there may be more. */
  PartitionReader upTo(long lastSequence) {
    limit = lastSequence;
    return this;
  }

  /** Reads little at a time, for who reads often; begins at a place if it is of use. */
  PartitionReader goingOn(@Nullable Place from) {
    bufferBytes = SMALL_BUFFER_BYTES;
    place = from;
    return this;
  }

  /** Where the last document lies that was handed over; null if none was. */
  @Nullable Place place() {
    return place;
  }

  /** A place in a file; it is no more than a hint. */
  record Place(Path file, SeekHints.Hint hint) {}

  /** How much was read of the files that were opened for their documents. */
  long bytesRead() {
    return bytesRead;
  }

  /** Where the reading ended before the end, if it did. */
  Optional<Damage> damage() {
    return Optional.ofNullable(damage);
  }

  /** Says now and then what share of the epoch has been read. */
  void onProgress(DoubleConsumer listener) {
    progress = listener;
  }

  /** Whether a file is sound and has no document. */
  static boolean isEmpty(Path file) throws IOException {
    try (QueueFileReader in = new QueueFileReader(file)) {
      Frame.Decoded header = in.next();
      return (header == null || header.kind() == Frame.HEADER)
          && in.next() == null
          && in.problem().isEmpty();
    }
  }

  /**
   * The sequence of the last document before a file, as its header has it; -1 if it has none of
   * this epoch and partition.
   */
  static long before(Path file, long epoch, int partition) throws IOException {
    try (QueueFileReader in = QueueFileReader.ofBeginning(file)) {
      Frame.Decoded frame = in.next();
      FileHeader header =
          frame != null && frame.kind() == Frame.HEADER ? FileHeader.decode(frame.payload()) : null;
      return frame == null || header == null || !header.isOf(epoch, partition)
          ? -1
          : frame.sequence() - 1;
    }
  }

  private boolean readFile(Path file, long after, DocumentReader reader, DoubleConsumer share)
      throws IOException {
    try (QueueFileReader in = new QueueFileReader(file, bufferBytes)) {
      try {
        return readFile(in, file, after, reader, share);
      } finally {
        bytesRead += in.bytesRead();
      }
    }
  }

  private boolean readFile(
      QueueFileReader in, Path file, long after, DocumentReader reader, DoubleConsumer share)
      throws IOException {
    Frame.Decoded frame = in.next();
    if (frame == null) {
      String problem = in.problem();
      // The process may have ended before it had written the header: then nothing comes after it.
      report(file, problem.isEmpty() && !isLast ? "it has no header" : problem);
      return false;
    }
    if (!checkHeader(file, frame)) {
      return false;
    }
    seek(in, file, after);
    SeekHints.Hint handedOver = null;
    while (expected <= limit && (frame = in.next()) != null) {
      if (frame.kind() != Frame.DOCUMENT || frame.sequence() != expected) {
        report(
            file,
            "document %d stands where %d should".formatted(frame.sequence(), expected),
            in.frameAt(),
            false);
        return false;
      }
      if (frame.sequence() > after) {
        reader.document(new Position(partition, epoch, frame.sequence()), frame.payload());
        handedOver = new SeekHints.Hint(frame.sequence(), in.frameAt());
      }
      last = expected++;
      if (expected % PROGRESS_STEP == 0) {
        share.accept(in.share());
      }
    }
    if (handedOver != null) {
      place = new Place(file, handedOver);
    }
    if (expected > limit) {
      return false;
    }
    String problem = in.problem();
    report(file, problem, in.nextAt(), in.isTorn());
    return problem.isEmpty();
  }

  /** Goes as near to the document after a number as the hints beside the file allow. */
  private void seek(QueueFileReader in, Path file, long after) throws IOException {
    if (after < expected) {
      return;
    }
    Place known = place;
    if (known != null
        && known.file().equals(file)
        && known.hint().sequence() <= after
        && in.seek(known.hint())) {
      beginAt(known.hint());
      return;
    }
    List<SeekHints.Hint> hints = SeekHints.before(file, Math.min(after, limit));
    for (int i = 0; i < hints.size() && i < TRIED_HINTS; i++) {
      if (in.seek(hints.get(i))) {
        beginAt(hints.get(i));
        return;
      }
    }
  }

  private void beginAt(SeekHints.Hint hint) {
    expected = hint.sequence();
    last = Math.max(last, expected - 1);
  }

  private boolean checkHeader(Path file, Frame.Decoded frame) {
    FileHeader header = frame.kind() == Frame.HEADER ? FileHeader.decode(frame.payload()) : null;
    if (header == null) {
      report(file, "it does not begin with a header of ours");
      return false;
    }
    if (header.major() != FileHeader.MAJOR) {
      throw new NarthexException(
          LogErrors.OPEN,
          "%s has log format %d.%d, this version reads %d.x: use the version that wrote it or a newer one"
              .formatted(file, header.major(), header.minor(), FileHeader.MAJOR));
    }
    if (!header.isOf(epoch, partition)) {
      report(
          file,
          "it belongs to epoch %d, partition %d".formatted(header.epoch(), header.partition()));
      return false;
    }
    if (expected != 0 && frame.sequence() != expected) {
      report(
          file,
          "documents %d to %d are missing before it".formatted(expected, frame.sequence() - 1));
      return false;
    }
    expected = frame.sequence();
    last = Math.max(last, expected - 1);
    return true;
  }

  /** Nothing of the file can be read. */
  private void report(Path file, String problem) {
    report(file, problem, 0, false);
  }

  private void report(Path file, String problem, long offset, boolean isTorn) {
    if (!problem.isEmpty()) {
      damage = new Damage(file, offset, isTorn);
      problems.add("%s: %s; what follows in this epoch is left out".formatted(file, problem));
    }
  }
}
