package io.narthex.runtime.internal.web;

import java.util.List;

/**
 * A mount whose paths are known without its own on some socket, as those of the program that it
 * replaces are.
 *
 * @param paths the first parts of the paths that are meant; all others are the server's
 */
record Shortcut(String mount, List<String> paths) {
  /** Its API and its management; the pages of the web UI are the server's. */
  static final Shortcut ALERTMANAGER = new Shortcut("/alertmanager", List.of("/api/v2", "/-"));

  /** Everything. */
  static final Shortcut PUSHGATEWAY = new Shortcut("/pushgateway", List.of(""));

  /** Whether the path is meant; one that has the mount's own is left as it is. */
  boolean covers(String path) {
    return !below(mount, path) && paths.stream().anyMatch(first -> below(first, path));
  }

  private static boolean below(String first, String path) {
    return path.equals(first) || path.startsWith(first + "/");
  }
}
