package io.narthex.pushgateway.internal.peer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Writes protobuf messages from text: {@code 1:"text" 2:5 3:d1.5 4:{1:f2} 5:xff0a} has a text, a
 * varint, a double, a message with a float, and bytes.
 */
public final class WireText {
  private final String text;
  private int at;

  private WireText(String text) {
    this.text = text;
  }

  /** A message after its length. */
  public static byte[] delimited(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    lengthAndBytes(out, new WireText(text).message());
    return out.toByteArray();
  }

  private byte[] message() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (at < text.length() && text.charAt(at) != '}') {
      if (text.charAt(at) == ' ') {
        at++;
      } else {
        field(out);
      }
    }
    at++;
    return out.toByteArray();
  }

  private void field(ByteArrayOutputStream out) {
    int colon = text.indexOf(':', at);
    long number = Long.parseLong(text.substring(at, colon));
    at = colon + 1;
    switch (text.charAt(at)) {
      case '"' -> {
        int end = text.indexOf('"', at + 1);
        varint(out, number << 3 | 2);
        lengthAndBytes(out, text.substring(at + 1, end).getBytes(StandardCharsets.UTF_8));
        at = end + 1;
      }
      case '{' -> {
        at++;
        varint(out, number << 3 | 2);
        lengthAndBytes(out, message());
      }
      case 'x' -> {
        varint(out, number << 3 | 2);
        lengthAndBytes(out, HexFormat.of().parseHex(token().substring(1)));
      }
      case 'd' -> {
        varint(out, number << 3 | 1);
        little(out, Double.doubleToRawLongBits(decimal(token().substring(1))), 8);
      }
      case 'f' -> {
        varint(out, number << 3 | 5);
        little(out, Float.floatToRawIntBits((float) decimal(token().substring(1))), 4);
      }
      default -> {
        varint(out, number << 3);
        varint(out, Long.parseLong(token()));
      }
    }
  }

  private String token() {
    int from = at;
    while (at < text.length() && text.charAt(at) != ' ' && text.charAt(at) != '}') {
      at++;
    }
    return text.substring(from, at);
  }

  private static double decimal(String text) {
    return text.equals("Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  private static void lengthAndBytes(ByteArrayOutputStream out, byte[] bytes) {
    varint(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static void little(ByteArrayOutputStream out, long bits, int count) {
    for (int i = 0; i < count; i++) {
      out.write((int) (bits >>> 8 * i));
    }
  }
}
