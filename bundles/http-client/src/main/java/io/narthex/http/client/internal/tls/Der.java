package io.narthex.http.client.internal.tls;

import java.io.ByteArrayOutputStream;

/**
 * Wraps keys of the older formats, PKCS#1 and SEC 1, into PKCS#8, which is what the JDK reads: an
 * algorithm's name around the same bytes.
 */
final class Der {
  private static final byte[] RSA = {
    0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };
  private static final byte[] EC_OID = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };
  private static final byte[] VERSION_0 = {2, 1, 0};
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int CURVE = 0xa0;

  private Der() {}

  /** A key that PKCS#1 describes. */
  static byte[] rsaKey(byte[] pkcs1) {
    return tagged(SEQUENCE, joined(VERSION_0, RSA, tagged(OCTET_STRING, pkcs1)));
  }

  /**
   * A key that SEC 1 describes.
   *
   * @throws IllegalArgumentException if it does not say what its curve is
   */
  static byte[] ecKey(byte[] sec1) {
    byte[] algorithm = tagged(SEQUENCE, joined(EC_OID, curve(sec1)));
    return tagged(SEQUENCE, joined(VERSION_0, algorithm, tagged(OCTET_STRING, sec1)));
  }

  private static byte[] curve(byte[] sec1) {
    int[] place = enter(sec1, 0, SEQUENCE);
    int at = place[0];
    int end = Math.min(place[1], sec1.length);
    while (at < end) {
      int[] element = enter(sec1, at, -1);
      if ((sec1[at] & 0xff) == CURVE && element[1] <= end) {
        byte[] curve = new byte[element[1] - element[0]];
        System.arraycopy(sec1, element[0], curve, 0, curve.length);
        return curve;
      }
      at = element[1];
    }
    throw new IllegalArgumentException("the key does not say what its curve is");
  }

  /** Where the content of the element begins and ends. */
  private static int[] enter(byte[] der, int at, int tag) {
    if (at + 2 > der.length || (tag >= 0 && (der[at] & 0xff) != tag)) {
      throw new IllegalArgumentException("the key's structure is broken");
    }
    int first = der[at + 1] & 0xff;
    if (first < 0x80) {
      return new int[] {at + 2, at + 2 + first};
    }
    int bytes = first & 0x7f;
    if (bytes > 3 || at + 2 + bytes > der.length) {
      throw new IllegalArgumentException("the key's structure is broken");
    }
    int length = 0;
    for (int i = 0; i < bytes; i++) {
      length = length << 8 | der[at + 2 + i] & 0xff;
    }
    return new int[] {at + 2 + bytes, at + 2 + bytes + length};
  }

  static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 5);
    out.write(tag);
    int length = content.length;
    if (length < 0x80) {
      out.write(length);
    } else {
      int bytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(length >>> 8 * i);
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
