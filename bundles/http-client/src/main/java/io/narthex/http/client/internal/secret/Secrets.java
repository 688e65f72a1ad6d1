package io.narthex.http.client.internal.secret;

import io.narthex.api.http.SecretSource;
import java.io.IOException;
import java.util.Optional;

/** Says what a secret is now. Blocks if it is in a file. May be used from any thread. */
public final class Secrets {
  private final FileContents files;

  /** Reads through these. */
  public Secrets(FileContents files) {
    this.files = files;
  }

  /** The secret's text. */
  public String text(SecretSource source) throws IOException {
    return switch (source) {
      case SecretSource.Inline inline -> inline.secret().reveal();
      case SecretSource.InFile inFile -> files.text(inFile.file());
    };
  }

  /** The secret's text, or {@code ""}. */
  public String text(Optional<SecretSource> source) throws IOException {
    return source.isPresent() ? text(source.get()) : "";
  }

  /** Where it comes from, as upstream says it. */
  public static String description(SecretSource source) {
    return switch (source) {
      case SecretSource.Inline inline -> "inline";
      case SecretSource.InFile inFile -> "file " + inFile.file();
    };
  }

  /** Whether a file has to be read. */
  public static boolean inFile(Optional<SecretSource> source) {
    return source.isPresent() && source.get() instanceof SecretSource.InFile;
  }
}
