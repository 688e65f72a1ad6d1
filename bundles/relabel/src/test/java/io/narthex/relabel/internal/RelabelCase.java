package io.narthex.relabel.internal;

import io.narthex.api.model.Labels;
import io.narthex.api.model.NameValidation;
import io.narthex.api.relabel.RelabelAction;
import io.narthex.api.relabel.RelabelRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Rules, labels and what they become.
 *
 * <p>In a file, fields stand between tabs; {@code \t}, {@code \n} and {@code \\} are escaped. A
 * line {@code utf8} or {@code legacy} begins a list of rules: {@code R, action, source labels with
 * commas, separator, regex, target label, replacement[, modulus]}. Then follow labels, {@code L,
 * name=value, …}, each with what becomes of them: {@code >, name=value, …}, {@code =} for no
 * change, {@code -} for dropped. Lines that begin with # say why.
 */
record RelabelCase(
    String place, List<RelabelRule> rules, Labels labels, @Nullable Labels expected) {
  static List<RelabelCase> read(String file) {
    List<RelabelCase> cases = new ArrayList<>();
    NameValidation names = NameValidation.UTF8;
    List<RelabelRule> rules = new ArrayList<>();
    Labels labels = Labels.EMPTY;
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      List<String> fields = Arrays.stream(lines.get(i).split("\t", -1)).toList();
      switch (fields.getFirst()) {
        case "utf8", "legacy" -> {
          names = NameValidation.valueOf(fields.getFirst().toUpperCase(Locale.ROOT));
          rules = new ArrayList<>();
        }
        case "R" -> rules.add(rule(fields, names));
        case "L" -> labels = labels(fields);
        case ">" -> cases.add(new RelabelCase(file + ":" + (i + 1), rules, labels, labels(fields)));
        case "=" -> cases.add(new RelabelCase(file + ":" + (i + 1), rules, labels, labels));
        case "-" -> cases.add(new RelabelCase(file + ":" + (i + 1), rules, labels, null));
        default -> {
          if (!lines.get(i).isEmpty() && !lines.get(i).startsWith("#")) {
            throw new AssertionError(file + ":" + (i + 1) + ": " + lines.get(i));
          }
        }
      }
    }
    return cases;
  }

  private static List<String> lines(String file) {
    try (var in = RelabelCase.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new AssertionError("no file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RelabelRule rule(List<String> fields, NameValidation names) {
    String sources = fields.get(2);
    return new RelabelRule(
        sources.isEmpty() ? List.of() : List.of(sources.split(",")),
        plain(fields.get(3)),
        plain(fields.get(4)),
        fields.size() > 7 ? Long.parseUnsignedLong(fields.get(7)) : 0,
        plain(fields.get(5)),
        plain(fields.get(6)),
        RelabelAction.valueOf(fields.get(1).toUpperCase(Locale.ROOT)),
        names);
  }

  private static Labels labels(List<String> fields) {
    Labels.Builder labels = Labels.builder();
    for (String field : fields.subList(1, fields.size())) {
      if (!field.isEmpty()) {
        int equals = field.indexOf('=');
        labels.set(plain(field.substring(0, equals)), plain(field.substring(equals + 1)));
      }
    }
    return labels.build();
  }

  private static String plain(String escaped) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '\\') {
        i++;
        c =
            switch (escaped.charAt(i)) {
              case 't' -> '\t';
              case 'n' -> '\n';
              default -> escaped.charAt(i);
            };
      }
      out.append(c);
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return place;
  }
}
