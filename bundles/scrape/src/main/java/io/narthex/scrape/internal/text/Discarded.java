package io.narthex.scrape.internal.text;

import org.jspecify.annotations.Nullable;

/** Forgets all metadata. */
final class Discarded implements MetadataSink {
  @Override
  public int repeated(byte[] source, int at, int end) {
    return 0;
  }

  @Override
  public @Nullable FamilyType repeatedType() {
    return null;
  }

  @Override
  public void type(byte[] source, MetadataLine line, FamilyType type) {}

  @Override
  public void help(byte[] source, MetadataLine line, boolean quotes) {}

  @Override
  public void unit(byte[] source, MetadataLine line) {}
}
