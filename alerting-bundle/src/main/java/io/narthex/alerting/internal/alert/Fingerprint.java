package io.narthex.alerting.internal.alert;

import io.narthex.api.model.Labels;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Upstream's fingerprint of a label set, by which alerts are known outside: FNV-1a in 64 bits over
 * each name, 0xff, value, 0xff in order of names.
 */
public final class Fingerprint {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final byte SEPARATOR = (byte) 0xff;

  private Fingerprint() {}

  /** The fingerprint. */
  public static long of(Labels labels) {
    long hash = OFFSET;
    for (int i = 0; i < labels.size(); i++) {
      hash = add(add(hash, labels.name(i)), SEPARATOR);
      hash = add(add(hash, labels.value(i)), SEPARATOR);
    }
    return hash;
  }

  /** A fingerprint as it is shown: 16 hexadecimal digits. */
  public static String text(long fingerprint) {
    return HexFormat.of().toHexDigits(fingerprint);
  }

  private static long add(long hash, String text) {
    long sum = hash;
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      sum = add(sum, each);
    }
    return sum;
  }

  private static long add(long hash, byte each) {
    return (hash ^ (each & 0xff)) * PRIME;
  }
}
