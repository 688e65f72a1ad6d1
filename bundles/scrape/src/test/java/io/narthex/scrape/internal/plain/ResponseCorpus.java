package io.narthex.scrape.internal.plain;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Makes answers, some of them damaged. */
final class ResponseCorpus {
  private ResponseCorpus() {}

  static byte[] answer(Random random) {
    byte[] body = new byte[random.nextInt(300)];
    random.nextBytes(body);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (random.nextInt(10) == 0) {
      write(out, "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
    }
    write(out, random.nextBoolean() ? "HTTP/1.1 200 OK\r\n" : "HTTP/1.1 200 \n");
    if (random.nextInt(4) == 0) {
      write(out, "X-Folded: a \r\n\t b\r\n  \r\n c\n");
    }
    if (random.nextInt(4) == 0) {
      write(out, "X-Filler: " + "y".repeat(random.nextInt(200)) + "\r\n");
    }
    switch (random.nextInt(3)) {
      case 0 -> {
        write(out, "Content-Length: " + body.length + "\r\n\r\n");
        out.writeBytes(body);
      }
      case 1 -> {
        write(out, "Transfer-Encoding: chunked\r\n\r\n");
        for (int from = 0; from < body.length; ) {
          int size = Math.min(1 + random.nextInt(100), body.length - from);
          write(out, Integer.toHexString(size) + (random.nextInt(4) == 0 ? ";x=y \r\n" : "\r\n"));
          out.write(body, from, size);
          write(out, "\r\n");
          from += size;
        }
        write(out, random.nextInt(3) == 0 ? "0\r\nX: y\r\n z\r\nA: b\r\n\r\n" : "0\r\n\r\n");
      }
      default -> {
        write(out, "\r\n");
        out.writeBytes(body);
      }
    }
    return random.nextInt(3) == 0 ? out.toByteArray() : damage(random, out.toByteArray());
  }

  private static byte[] damage(Random random, byte[] answer) {
    int length = random.nextInt(4) == 0 ? random.nextInt(answer.length) : answer.length;
    byte[] damaged = Arrays.copyOf(answer, length);
    for (int i = random.nextInt(3); i > 0 && length > 0; i--) {
      damaged[random.nextInt(length)] = (byte) random.nextInt(256);
    }
    return damaged;
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
