package io.narthex.discovery.file.internal.glob;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names of files as texts, whatever the locale: under {@code LANG=C}, as in most containers, the
 * JDK cannot write names outside of ASCII as text or read them from one. In a URI it can.
 */
public final class FileNames {
  private static final char UNREADABLE = '\ufffd';

  private FileNames() {}

  /**
   * The file of a name.
   *
   * @throws InvalidPathException if no file can have this name
   */
  public static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      if (name.indexOf('\0') >= 0) {
        throw e;
      }
      String absolute =
          name.startsWith("/") ? name : Path.of("").toAbsolutePath().toString() + "/" + name;
      return Path.of(URI.create("file://" + encode(absolute)));
    }
  }

  /** The last part of a file's name. */
  static String lastName(Path path) {
    Path last = path.getFileName();
    String name = last == null ? "" : last.toString();
    if (name.indexOf(UNREADABLE) < 0) {
      return name;
    }
    String uri = path.toUri().getRawPath();
    String whole = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    String encoded = whole.substring(whole.lastIndexOf('/') + 1);
    return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encode(String name) {
    StringBuilder out = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
      if (plain || b == '/') {
        out.append((char) b);
      } else {
        out.append("%%%02X".formatted(b & 0xff));
      }
    }
    return out.toString();
  }
}
