package io.narthex.notifier.email.internal.compose;

import io.narthex.notifier.email.internal.settings.Threading;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;

/**
 * The id of the message that all mails of a conversation answer. There is no such message; readers
 * of mail gather the answers all the same.
 */
final class ThreadRoot {
  private static final int HASH_DIGITS = 16;

  private ThreadRoot() {}

  /** Upstream's id, so that a conversation goes on when a server is replaced by ours. */
  static String of(Threading threading, String groupKey, LocalDate day) {
    return "<alert-%s-%s@alertmanager>"
        .formatted(hash(groupKey), threading == Threading.BY_GROUP_AND_DAY ? day : "");
  }

  private static String hash(String groupKey) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(groupKey.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
