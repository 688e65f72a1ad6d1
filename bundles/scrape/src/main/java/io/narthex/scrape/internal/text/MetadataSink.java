package io.narthex.scrape.internal.text;

import org.jspecify.annotations.Nullable;

/**
 * Takes what an exposition says about its metric families. Families are named by the bytes between
 * two positions, as they were sent but without quotation marks.
 */
public interface MetadataSink {
  /** Forgets everything. */
  MetadataSink NONE = new Discarded();

  /**
   * Whether the line about a family that came here in the last exposition stands here again; it is
   * then taken as said again, and need not be read.
   *
   * @param at where a line begins
   * @param end where the exposition ends
   * @return the length of the line with its end, or 0 if the line must be read
   */
  int repeated(byte[] source, int at, int end);

  /** The type that the line found by {@link #repeated} gives, or null if it gives none. */
  @Nullable FamilyType repeatedType();

  /**
   * The type of a family.
   *
   * @param line the positions of name, text and line
   */
  void type(byte[] source, MetadataLine line, FamilyType type);

  /**
   * The help text of a family.
   *
   * @param quotes whether {@code \"} stands for a quotation mark
   */
  void help(byte[] source, MetadataLine line, boolean quotes);

  /** The unit of a family. */
  void unit(byte[] source, MetadataLine line);
}
