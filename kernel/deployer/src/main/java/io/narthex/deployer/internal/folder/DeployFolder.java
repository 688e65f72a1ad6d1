package io.narthex.deployer.internal.folder;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipFile;

/**
 * Compares the jars of a folder with those of the last look. A jar that is still being copied is
 * not complete, so it is passed over until it is; only when it stays as it is for {@link #PATIENCE}
 * looks is it reported as unreadable. For use by one thread.
 */
public final class DeployFolder {
  /** After so many looks at the same incomplete file, it is no copy in progress. */
  static final int PATIENCE = 4;

  private final Path folder;
  private final Map<String, JarFile> known = new TreeMap<>();
  private final Map<JarFile, Integer> incomplete = new HashMap<>();

  /** The names that a change was reported of, good or bad. */
  private final Set<String> reported = new TreeSet<>();

  /** Looks at this folder, which need not be there yet. */
  public DeployFolder(Path folder) {
    this.folder = folder;
  }

  /** What changed since the last call, those that went first, each in order of names. */
  public List<FolderChange> look() throws IOException {
    Map<String, JarFile> now = list();
    List<FolderChange> changes = new ArrayList<>();
    // First what went: what comes may be the same bundle under another name.
    for (String name : List.copyOf(reported)) {
      if (!now.containsKey(name)) {
        known.remove(name);
        reported.remove(name);
        changes.add(new FolderChange.Removed(name));
      }
    }
    for (JarFile jar : now.values()) {
      JarFile before = known.get(jar.name());
      if (!jar.equals(before)) {
        examine(jar, before != null, changes);
      }
    }
    incomplete.keySet().retainAll(now.values());
    return changes;
  }

  private void examine(JarFile jar, boolean wasKnown, List<FolderChange> changes) {
    String fault = fault(jar.path());
    if (fault == null) {
      known.put(jar.name(), jar);
      incomplete.remove(jar);
      reported.add(jar.name());
      changes.add(wasKnown ? new FolderChange.Replaced(jar) : new FolderChange.Added(jar));
      return;
    }
    int looks = incomplete.merge(jar, 1, Integer::sum);
    if (looks == PATIENCE) {
      reported.add(jar.name());
      changes.add(new FolderChange.Unreadable(jar, fault));
    }
  }

  /** Why it is no complete jar; a zip's directory is at its end, so a part of one does not open. */
  private static @org.jspecify.annotations.Nullable String fault(Path path) {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      return zip.getEntry("META-INF/MANIFEST.MF") == null ? "it has no META-INF/MANIFEST.MF" : null;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Map<String, JarFile> list() throws IOException {
    Map<String, JarFile> jars = new TreeMap<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path path : stream) {
        jarAt(path).ifPresent(jar -> jars.put(jar.name(), jar));
      }
    } catch (NoSuchFileException | NotDirectoryException none) {
      return Map.of();
    }
    return jars;
  }

  /** A file that is hidden, went away since, or is a link to nowhere, is none. */
  private static Optional<JarFile> jarAt(Path path) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.isRegularFile() && !path.getFileName().toString().startsWith(".")
          ? Optional.of(
              new JarFile(path, attributes.size(), attributes.lastModifiedTime().toMillis()))
          : Optional.empty();
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }
}
