package io.narthex.api.http;

import io.narthex.api.section.Secret;
import io.narthex.api.section.Section;
import java.util.Optional;

/** Reads secrets that stand in the configuration or in a file that it names. */
final class SecretSection {
  /** An empty secret: sent as it is. */
  static final SecretSource NOTHING = new SecretSource.Inline(new Secret(""));

  private SecretSection() {}

  /** Where a secret comes from; an empty one is not given. */
  static Optional<SecretSource> source(Section section, String inline, String file) {
    Optional<SecretSource> secret =
        section.secret(inline).filter(s -> !s.reveal().isEmpty()).map(SecretSource.Inline::new);
    Optional<SecretSource> inFile = section.path(file).map(SecretSource.InFile::new);
    return secret.or(() -> inFile);
  }

  /** There is no secret manager that could resolve these keys of upstream's library. */
  static void refuseReferences(Section section, String... keys) {
    for (String key : keys) {
      if (section.string(key).filter(name -> !name.isEmpty()).isPresent()) {
        section.report(
            section.position(key),
            "%s in %s needs a secret manager, which there is none of; give the value or a file"
                .formatted(key, section.name()));
      }
    }
  }
}
