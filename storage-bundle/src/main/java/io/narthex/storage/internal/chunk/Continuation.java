package io.narthex.storage.internal.chunk;

/** How a histogram stands to the chunk that it may be appended to. */
enum Continuation {
  /** The chunk takes it, perhaps with more buckets. */
  APPENDABLE,
  /** Its counts, or some of them, are smaller: they began anew. */
  RESET,
  /** Its buckets have other borders, or the series had ended: nobody compared the counts. */
  NOT_COMPARED,
  /** One is a gauge and the other is not. */
  OTHER_KIND
}
