package io.narthex.storage.internal.log;

import io.narthex.storage.internal.failpoint.FailPoint;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where the files of a log are: {@code <log>/<epoch, 6 digits>/<partition, 3 digits>/*.cq4}. */
record LogFolder(Path path) {
  private static final String SUFFIX = ".cq4";

  /** The epochs that are there, in order. */
  List<Long> epochs() throws IOException {
    List<Long> epochs = new ArrayList<>();
    if (Files.isDirectory(path)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          String name = child.getFileName().toString();
          if (name.matches("[0-9]{6,18}") && Files.isDirectory(child)) {
            epochs.add(Long.parseLong(name));
          }
        }
      }
    }
    Collections.sort(epochs);
    return epochs;
  }

  Path epoch(long epoch) {
    return path.resolve("%06d".formatted(epoch));
  }

  Path partition(long epoch, int partition) {
    return epoch(epoch).resolve("%03d".formatted(partition));
  }

  /** The files of a partition in the order in which they were written. */
  List<Path> files(long epoch, int partition) throws IOException {
    List<Path> files = new ArrayList<>();
    Path folder = partition(epoch, partition);
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
        children.forEach(files::add);
      }
    }
    Collections.sort(files);
    return files;
  }

  /** Deletes a partition of an epoch, and the epoch when nothing else is in it. */
  void delete(long epoch, int partition) throws IOException {
    Path folder = partition(epoch, partition);
    if (Files.isDirectory(folder)) {
      deleteChildren(folder);
      Files.delete(folder);
    }
    try (DirectoryStream<Path> rest = Files.newDirectoryStream(epoch(epoch))) {
      if (rest.iterator().hasNext()) {
        return;
      }
    }
    Files.delete(epoch(epoch));
  }

  private static void deleteChildren(Path folder) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        Files.delete(child);
        FailPoint.MID_TRIM.reach();
      }
    }
  }
}
