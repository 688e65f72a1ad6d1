package io.narthex.storage.internal.document;

/**
 * Reads the parts of segments of the major version 1, which knew no rows.
 *
 * <pre>
 * part          --> kind u8 (2, 3), uvarint part number, uvarint first reference, uvarint n, definition^n,
 *                   zigzag base time, uvarint m, sample^m
 * exemplar part --> kind u8 (4: more parts follow; 5: last), uvarint part number, zigzag base time,
 *                   uvarint n, exemplar^n
 * </pre>
 *
 * <p>Samples and exemplars are as in {@link CommitEncoder}; definitions too, but that each text is
 * written out.
 */
final class PartsOfMajor1 {
  static final int EXEMPLARS_MORE = 4;
  static final int EXEMPLARS_LAST = 5;

  private PartsOfMajor1() {}

  /** Decodes a part; the reader is after its kind and number. */
  static void decode(int kind, ByteReader in, DocumentDecoder.PartHandler handler) {
    if (kind == EXEMPLARS_MORE || kind == EXEMPLARS_LAST) {
      DocumentDecoder.exemplars(in, in.zigzag(), handler);
      requireEnd(in, "exemplar");
    } else {
      DocumentDecoder.definitions(in, handler, in::string);
      DocumentDecoder.samples(in, in.zigzag(), false, handler);
      requireEnd(in, "sample");
    }
  }

  private static void requireEnd(ByteReader in, String last) {
    if (in.remaining() != 0) {
      throw new BadDocumentException("%d bytes follow the last %s".formatted(in.remaining(), last));
    }
  }
}
