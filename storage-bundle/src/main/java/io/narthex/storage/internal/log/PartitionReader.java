package io.narthex.storage.internal.log;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.DurableLog.DocumentReader;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * Reads one epoch of one partition, file by file. It ends at the first document that is damaged or
 * missing: what comes after it in the epoch may depend on it. Other epochs do not.
 */
final class PartitionReader {
  private final LogFolder folder;
  private final long epoch;
  private final int partition;
  private final List<String> problems;
  private long expected;
  private long last;
  private DoubleConsumer progress = share -> {};

  PartitionReader(LogFolder folder, long epoch, int partition, List<String> problems) {
    this.folder = folder;
    this.epoch = epoch;
    this.partition = partition;
    this.problems = problems;
  }

  /**
   * Hands over the documents with a greater sequence; gives that of the last good document, 0 if
   * there is none.
   */
  long read(long after, DocumentReader reader) throws IOException {
    List<Path> files = folder.files(epoch, partition);
    for (int i = 0; i < files.size(); i++) {
      progress.accept((double) i / files.size());
      if (!readFile(files.get(i), after, reader)) {
        break;
      }
    }
    progress.accept(1);
    return last;
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
   * The sequence of the last document before a file, as its header has it; -1 if the header cannot
   * be read.
   */
  static long before(Path file) throws IOException {
    try (QueueFileReader in = new QueueFileReader(file)) {
      Frame.Decoded header = in.next();
      return header == null || header.kind() != Frame.HEADER ? -1 : header.sequence() - 1;
    }
  }

  private boolean readFile(Path file, long after, DocumentReader reader) throws IOException {
    try (QueueFileReader in = new QueueFileReader(file)) {
      Frame.Decoded frame = in.next();
      if (frame == null) {
        report(file, in.problem());
        return false;
      }
      if (!checkHeader(file, frame)) {
        return false;
      }
      while ((frame = in.next()) != null) {
        if (frame.kind() != Frame.DOCUMENT || frame.sequence() != expected) {
          report(file, "document %d stands where %d should".formatted(frame.sequence(), expected));
          return false;
        }
        if (frame.sequence() > after) {
          reader.document(new Position(partition, epoch, frame.sequence()), frame.payload());
        }
        last = expected++;
      }
      String problem = in.problem();
      report(file, problem);
      return problem.isEmpty();
    }
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
    if (header.epoch() != epoch || header.partition() != partition) {
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

  private void report(Path file, String problem) {
    if (!problem.isEmpty()) {
      problems.add("%s: %s; what follows in this epoch is left out".formatted(file, problem));
    }
  }
}
