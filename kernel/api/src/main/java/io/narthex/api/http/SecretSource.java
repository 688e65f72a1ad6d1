package io.narthex.api.http;

import io.narthex.api.section.Secret;
import java.nio.file.Path;

/** Where a secret, a certificate or a key comes from. */
public sealed interface SecretSource {
  /** It stands in the configuration. */
  record Inline(Secret secret) implements SecretSource {}

  /** It is the content of a file, read anew when it is needed; spaces around it do not count. */
  record InFile(Path file) implements SecretSource {}
}
