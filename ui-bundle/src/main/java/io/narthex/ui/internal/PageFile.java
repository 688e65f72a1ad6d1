package io.narthex.ui.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of the page, in memory.
 *
 * @param etag changes whenever the bytes do; with its quotes
 */
record PageFile(String contentType, byte[] bytes, String etag) {
  /** Reads a file of this bundle. */
  static PageFile read(String name, String contentType) {
    try (InputStream in = PageFile.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the bundle has no file page/" + name);
      }
      byte[] bytes = in.readAllBytes();
      return new PageFile(contentType, bytes, etag(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("page/%s cannot be read from the bundle".formatted(name), e);
    }
  }

  private static String etag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
