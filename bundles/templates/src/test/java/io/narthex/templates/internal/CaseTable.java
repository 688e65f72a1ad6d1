package io.narthex.templates.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What Go's text/template, html/template and upstream's functions made of our cases. */
final class CaseTable {
  /** A template, and whether it is to be a text, or the error of parsing or executing. */
  record Case(String dialect, String template, String outcome, String text) {
    static Case of(String line) {
      String[] columns = line.split("\t", -1);
      return new Case(columns[0], unescaped(columns[1]), columns[2], unescaped(columns[3]));
    }
  }

  private CaseTable() {}

  static List<Case> read(String name) {
    try (InputStream in = Objects.requireNonNull(CaseTable.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isEmpty())
          .map(Case::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unescaped(String column) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < column.length(); i++) {
      char c = column.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      i++;
      switch (column.charAt(i)) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'u' -> {
          out.append((char) Integer.parseInt(column.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> out.append(column.charAt(i));
      }
    }
    return out.toString();
  }
}
