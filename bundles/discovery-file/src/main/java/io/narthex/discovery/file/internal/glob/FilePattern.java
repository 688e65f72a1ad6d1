package io.narthex.discovery.file.internal.glob;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A pattern of file names, whose folders may be patterns too. A name without special characters is
 * itself, if there is such a file.
 */
public final class FilePattern {
  private final String text;

  /** Takes the pattern, absolute or relative to the folder the process runs in. */
  public FilePattern(String text) {
    this.text = text;
  }

  /** The pattern. */
  public String text() {
    return text;
  }

  /** A file and its name as upstream writes it. */
  public record Match(String name, Path path) {}

  /**
   * What was found.
   *
   * @param matches in order of names
   * @param folders those that were or would have been searched
   * @param problems folders that could not be searched, though they are there
   */
  public record Expansion(List<Match> matches, List<Path> folders, List<String> problems) {
    private Expansion() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * Finds the files there are now.
   *
   * @throws BadPatternException if the pattern is malformed
   */
  public Expansion expand() throws BadPatternException {
    Expansion expansion = new Expansion();
    try {
      expand(text, expansion);
      return expansion;
    } catch (BadPatternException e) {
      throw e.in(text);
    }
  }

  private static void expand(String pattern, Expansion found) throws BadPatternException {
    int slash = pattern.lastIndexOf('/');
    String folder = slash < 0 ? "." : slash == 0 ? "/" : pattern.substring(0, slash);
    if (!NamePattern.isPattern(pattern)) {
      found.folders().add(FileNames.path(folder));
      Path path = FileNames.path(pattern);
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        found.matches().add(new Match(pattern, path));
      }
      return;
    }
    NamePattern name = new NamePattern(pattern.substring(slash + 1));
    if (!NamePattern.isPattern(folder)) {
      search(new Match(folder, FileNames.path(folder)), name, found);
      return;
    }
    Expansion outer = new Expansion();
    expand(folder, outer);
    found.folders().addAll(outer.folders());
    found.problems().addAll(outer.problems());
    for (Match match : outer.matches()) {
      if (Files.isDirectory(match.path())) {
        search(match, name, found);
      }
    }
  }

  private static void search(Match folder, NamePattern pattern, Expansion found) {
    found.folders().add(folder.path());
    if (!Files.isDirectory(folder.path())) {
      return;
    }
    Map<String, Path> names = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path())) {
      for (Path entry : entries) {
        String name = FileNames.lastName(entry);
        if (pattern.matches(name)) {
          names.put(name, entry);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      String reason = e instanceof AccessDeniedException ? "no permission" : String.valueOf(e);
      found.problems().add("%s: cannot be searched: %s".formatted(folder.name(), reason));
    }
    names.forEach((name, path) -> found.matches().add(new Match(join(folder.name(), name), path)));
  }

  /** As upstream: without {@code .}, {@code ..} and doubled slashes. */
  private static String join(String folder, String name) {
    boolean absolute = folder.startsWith("/");
    List<String> segments = new ArrayList<>();
    for (String segment : (folder + "/" + name).split("/")) {
      if (segment.equals("..") && !segments.isEmpty() && !segments.getLast().equals("..")) {
        segments.removeLast();
      } else if (!segment.isEmpty()
          && !segment.equals(".")
          && !(absolute && segment.equals(".."))) {
        segments.add(segment);
      }
    }
    return (absolute ? "/" : "") + String.join("/", segments);
  }
}
