package io.narthex.scrape.internal.text;

import io.narthex.api.model.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the example expositions and runs them through a {@link TextReader}. */
final class Corpus {
  static final Path FOLDER = Path.of("src/test/resources/exposition");

  private Corpus() {}

  /** Bytes of a text in which \n, \r, \t, \\ and \xNN stand for bytes. */
  static byte[] unescape(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '\\') {
        out.write(bytes[i]);
        continue;
      }
      i++;
      switch (bytes[i]) {
        case 'n' -> out.write('\n');
        case 'r' -> out.write('\r');
        case 't' -> out.write('\t');
        case '\\' -> out.write('\\');
        case 'x' -> {
          out.write(Integer.parseInt(new String(bytes, i + 1, 2, StandardCharsets.ISO_8859_1), 16));
          i += 2;
        }
        default -> throw new IllegalArgumentException(text);
      }
    }
    return out.toByteArray();
  }

  /** All samples as text, each with labels, value and timestamp. */
  static List<String> read(byte[] exposition) throws ExpositionException {
    TextReader reader = new TextReader();
    List<String> samples = new ArrayList<>();
    reader.start(Arrays.copyOf(exposition, exposition.length + 1), exposition.length);
    while (reader.next(null)) {
      samples.add(
          "%s %s %s"
              .formatted(
                  reader.labels().merge(Labels.EMPTY, false),
                  reader.value(),
                  reader.hasTimestamp() ? String.valueOf(reader.timestamp()) : "-"));
    }
    return samples;
  }

  static List<byte[]> all() throws IOException {
    List<byte[]> all = new ArrayList<>();
    all.add(Files.readAllBytes(FOLDER.resolve("node.good.txt")));
    for (String line : Files.readAllLines(FOLDER.resolve("bad.tsv"))) {
      all.add(unescape(line.substring(0, line.indexOf("\t=> "))));
    }
    return all;
  }
}
