package io.narthex.pushgateway.internal.group;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes numbers and texts; each text is written once, into a table before the rest. */
final class BinaryWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
  private final Map<String, Integer> texts = new LinkedHashMap<>();

  void number(long unsigned) {
    number(out, unsigned);
  }

  private static void number(ByteArrayOutputStream out, long unsigned) {
    long rest = unsigned;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  void decimal(double value) {
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.write((int) (bits >>> shift));
    }
  }

  void text(String text) {
    Integer known = texts.putIfAbsent(text, texts.size());
    number(known == null ? texts.size() - 1 : known);
  }

  byte[] withTexts(int version) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(2 * out.size());
    all.write(version);
    number(all, texts.size());
    for (String text : texts.keySet()) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      number(all, bytes.length);
      all.writeBytes(bytes);
    }
    all.writeBytes(out.toByteArray());
    return all.toByteArray();
  }
}
