package io.narthex.notifier.webhook.internal.address;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says in Go's words why a file cannot be read. */
final class FileWords {
  private FileWords() {}

  static String of(String operation, Path file, IOException failure) {
    if (Files.isDirectory(file)) {
      return "read %s: is a directory".formatted(file);
    }
    String reason =
        switch (failure) {
          case NoSuchFileException none -> "no such file or directory";
          case AccessDeniedException denied -> "permission denied";
          default -> String.valueOf(failure.getMessage());
        };
    return "%s %s: %s".formatted(operation, file, reason);
  }
}
