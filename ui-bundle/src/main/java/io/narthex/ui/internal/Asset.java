package io.narthex.ui.internal;

import java.util.Map;

/**
 * A file of the pages. The bundle holds it compressed only.
 *
 * @param name its path below the server's root, without a slash at the beginning
 * @param size in bytes
 * @param compressedSize in bytes
 * @param digest changes whenever the bytes do
 */
record Asset(String name, int size, int compressedSize, String digest) {
  /** The build puts a hash of the content into the names of the files below this folder. */
  private static final String HASHED = "assets/";

  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "txt", "text/plain; charset=utf-8");

  /** Rejects files that could not be served. */
  Asset {
    if (!CONTENT_TYPES.containsKey(extension(name))) {
      throw new IllegalArgumentException(
          "no content type is known for the page file %s".formatted(name));
    }
  }

  String contentType() {
    return CONTENT_TYPES.getOrDefault(extension(name), "application/octet-stream");
  }

  /** Whether other content would have another name. */
  boolean neverChanges() {
    return name.startsWith(HASHED);
  }

  /** With its quotes; the compressed form has its own. */
  String etag(boolean compressed) {
    return '"' + digest + (compressed ? "-gz" : "") + '"';
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
