package io.narthex.api.flags;

import io.narthex.api.time.DurationSyntax;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The server's command line: every flag with the value given or its default. Names are without the
 * leading dashes, in upstream's spelling. Asking for a flag that is not declared is a defect and
 * throws {@link IllegalArgumentException}.
 */
@ProviderType
public interface ServerFlags {
  /** The value of a flag that always has one. */
  String get(String name);

  /** The value of a flag, or empty if it was not given and has no default. */
  Optional<String> find(String name);

  /** The values of a flag that may be repeated, in order. */
  List<String> all(String name);

  /** Whether a boolean flag is on. */
  boolean isOn(String name);

  /** The value of a flag that is a duration; its syntax was checked when the process started. */
  default Duration duration(String name) {
    return DurationSyntax.parse(get(name));
  }

  /**
   * Every flag with its value as text, for people; repeated ones are joined by commas, those
   * without a value are {@code ""}.
   */
  SortedMap<String, String> listing();

  /** The data directory: absolute, exists, writable, and locked for this process. */
  Path dataDirectory();

  /** The folder of the installation: absolute; may be read-only. */
  Path home();

  /** Our version, for example {@code 0.1.0-SNAPSHOT}. */
  String narthexVersion();

  /** The upstream version that we are compatible with, for example {@code 3.14.0}. */
  String upstreamVersion();
}
