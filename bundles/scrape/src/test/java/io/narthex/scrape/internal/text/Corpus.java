package io.narthex.scrape.internal.text;

import io.narthex.api.model.Labels;
import io.narthex.api.target.MetricMetadata;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the example expositions and runs them through the readers. */
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

  /** All samples of a text exposition. */
  static List<String> read(byte[] exposition) throws ExpositionException {
    return read(new TextReader(), exposition);
  }

  /** All samples as text, each with labels, value, timestamp and exemplar. */
  static List<String> read(ExpositionReader reader, byte[] exposition) throws ExpositionException {
    List<String> samples = new ArrayList<>();
    start(reader, exposition);
    while (reader.next()) {
      samples.add(
          "%s %s %s%s"
              .formatted(
                  reader.labels().merge(Labels.EMPTY, false),
                  reader.value(),
                  reader.hasTimestamp() ? String.valueOf(reader.timestamp()) : "-",
                  reader.hasExemplar() ? exemplar(reader) : ""));
    }
    return samples;
  }

  private static String exemplar(ExpositionReader reader) {
    return " # %s %s %s"
        .formatted(
            reader.exemplarLabels(),
            reader.exemplarValue(),
            reader.hasExemplarTimestamp() ? String.valueOf(reader.exemplarTimestamp()) : "-");
  }

  /** All samples and then all metadata, in one line. */
  static String outcome(byte[] exposition) throws ExpositionException {
    FamilyMetadata metadata = new FamilyMetadata();
    List<String> lines = new ArrayList<>(read(new OpenMetricsReader(metadata), exposition));
    for (MetricMetadata family : metadata.list()) {
      lines.add(
          "%s: %s, unit \"%s\", help \"%s\""
              .formatted(family.family(), family.type(), family.unit(), family.help()));
    }
    return escape(String.join("; ", lines));
  }

  /** The opposite of {@link #unescape}. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (char c : text.toCharArray()) {
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\\' -> out.append("\\\\");
        case 0 -> out.append("\\x00");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /** Starts a reader on a copy that has room for the byte that it adds. */
  static byte[] start(ExpositionReader reader, byte[] exposition) {
    byte[] buffer = Arrays.copyOf(exposition, exposition.length + 1);
    reader.start(buffer, exposition.length);
    return buffer;
  }

  /** The rows of a file of expositions and what becomes of them. */
  static List<String[]> rows(String file) throws IOException {
    return Files.readAllLines(FOLDER.resolve(file)).stream()
        .map(line -> line.split("\t=> ", 2))
        .toList();
  }

  /** The expositions of a file of rows. */
  static List<byte[]> expositions(String file) throws IOException {
    return rows(file).stream().map(row -> unescape(row[0])).toList();
  }
}
