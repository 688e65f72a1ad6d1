package io.narthex.relabel.internal.rule;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * {@code hashmod}: the last eight bytes of the value's MD5, as a big-endian number without a sign,
 * modulo the modulus. Sharded set-ups depend on every bit of it.
 */
record HashModRule(SourceValue source, String target, long modulus) implements Rule {
  HashModRule {
    if (modulus == 0) {
      throw new IllegalArgumentException("the modulus of hashmod is at least 1, got 0");
    }
  }

  @Override
  public boolean apply(LabelSet labels) {
    byte[] hash = md5().digest(source.of(labels).getBytes(StandardCharsets.UTF_8));
    long last = ByteBuffer.wrap(hash).getLong(Long.BYTES);
    labels.set(target, Long.toUnsignedString(Long.remainderUnsigned(last, modulus)));
    return true;
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
