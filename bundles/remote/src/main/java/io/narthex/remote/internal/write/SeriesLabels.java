package io.narthex.remote.internal.write;

import io.narthex.api.model.Labels;
import io.narthex.remote.internal.wire.RefusedRequestException;
import io.narthex.remote.internal.wire.WriteRequestReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The labels of a series as upstream takes them: in any order, each name once and not empty, a
 * metric name, everything valid UTF-8. This is the path of series that are not known yet.
 */
sealed interface SeriesLabels {
  /** A series may not have more, so that reading them takes a bounded time. */
  int MAX_LABELS = 512;

  /** More of a series is not shown in an error. */
  int MAX_SHOWN = 1000;

  /** Labels that name a series. */
  record Valid(Labels labels) implements SeriesLabels {}

  /** Labels that do not. */
  record Invalid(Refusal reason, String shown) implements SeriesLabels {}

  /** Reads the labels of the reader's series. */
  static SeriesLabels read(WriteRequestReader reader, byte[] bytes) throws RefusedRequestException {
    if (reader.labels() > MAX_LABELS) {
      return new Invalid(Refusal.TOO_MANY_LABELS, "with %d labels".formatted(reader.labels()));
    }
    Labels.Builder labels = Labels.builder();
    Set<String> names = new HashSet<>();
    String duplicate = "";
    boolean valid = true;
    reader.rewindLabels();
    while (reader.nextLabel()) {
      String name = text(bytes, reader.nameStart(), reader.nameEnd());
      String value = text(bytes, reader.valueStart(), reader.valueEnd());
      valid &=
          !name.isEmpty()
              && isUtf8(name, bytes, reader.nameStart(), reader.nameEnd())
              && isUtf8(value, bytes, reader.valueStart(), reader.valueEnd());
      if (!names.add(name)) {
        duplicate = name;
      }
      if (!name.isEmpty()) {
        labels.set(name, value);
      }
    }
    Labels built = labels.build();
    if (!valid || built.metricName().isEmpty()) {
      return new Invalid(Refusal.INVALID_LABELS, shown(reader, bytes));
    }
    if (names.size() < reader.labels()) {
      return new Invalid(
          Refusal.DUPLICATE_LABEL,
          "%s, duplicated label %s".formatted(shown(reader, bytes), shorten(duplicate)));
    }
    return new Valid(built);
  }

  /** The labels of the reader's series as they came, valid or not. */
  static String shown(WriteRequestReader reader, byte[] bytes) throws RefusedRequestException {
    StringBuilder out = new StringBuilder("{");
    reader.rewindLabels();
    while (out.length() <= MAX_SHOWN && reader.nextLabel()) {
      String name = text(bytes, reader.nameStart(), reader.nameEnd());
      out.append(out.length() > 1 ? ", " : "");
      out.append(name.matches("[a-zA-Z_][a-zA-Z0-9_]*") ? name : quoted(name));
      out.append('=').append(quoted(text(bytes, reader.valueStart(), reader.valueEnd())));
    }
    return shorten(out.append('}').toString());
  }

  private static String shorten(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    int end = Math.min(text.length(), MAX_SHOWN);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        default -> out.append(Character.isISOControl(c) ? "\\x%02x".formatted((int) c) : c);
      }
    }
    return out.append('"').toString();
  }

  /** Bytes as text; what is not UTF-8 is replaced. */
  static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /** What was not UTF-8 was replaced by U+FFFD, so it does not come back as the same bytes. */
  static boolean isUtf8(String text, byte[] bytes, int from, int to) {
    if (text.indexOf('\uFFFD') < 0) {
      return true;
    }
    byte[] back = text.getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(back, 0, back.length, bytes, from, to);
  }
}
