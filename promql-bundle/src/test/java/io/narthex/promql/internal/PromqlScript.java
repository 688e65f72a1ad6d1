package io.narthex.promql.internal;

import io.narthex.api.model.Labels;
import io.narthex.api.model.Matcher;
import io.narthex.api.model.StaleMarker;
import io.narthex.api.time.DurationSyntax;
import io.narthex.promql.internal.ast.VectorSelector;
import io.narthex.promql.internal.parser.Parser;
import io.narthex.promql.internal.parser.ParserOptions;
import io.narthex.promql.internal.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A script in upstream's test language (promql/promqltest/README.md), as far as it is about floats.
 */
record PromqlScript(List<Command> commands) {
  sealed interface Command {}

  /** Adds samples. */
  record Load(long step, List<Series> series) implements Command {}

  /** Forgets all samples. */
  record Clear() implements Command {}

  /** Expects something of a query; {@code end == start} for an instant query. */
  record Eval(
      int line,
      String expression,
      boolean range,
      long start,
      long end,
      long step,
      List<String> expects,
      List<String> results)
      implements Command {}

  /** A series and its points; null where there is none. */
  record Series(Labels labels, List<Double> points) {}

  /** Something that this reader does not know, a histogram for example. */
  static final class UnknownSyntax extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownSyntax(String message) {
      super(message);
    }
  }

  private static final Pattern INSTANT =
      Pattern.compile("eval(_\\w+)?\\s+instant\\s+(?:at\\s+(\\S+)\\s+)?(.+)");
  private static final Pattern RANGE =
      Pattern.compile(
          "eval(_\\w+)?\\s+range\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)\\s+step\\s+(\\S+)\\s+(.+)");
  private static final String NUMBER =
      "(?:[0-9.]+(?:[eE][+-]?[0-9]+)?|0x[0-9a-fA-F]+|[Ii]nf|[Nn]a[Nn])";
  private static final Pattern POINT =
      Pattern.compile("([+-]?" + NUMBER + ")(?:([+-]" + NUMBER + ")?x([0-9]+))?");

  static PromqlScript parse(String text) {
    List<Command> commands = new ArrayList<>();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = clean(lines[i]);
      int first = i;
      List<String> block = new ArrayList<>();
      if (line.startsWith("load") || line.startsWith("eval")) {
        while (i + 1 < lines.length && !clean(lines[i + 1]).isEmpty()) {
          block.add(clean(lines[++i]));
        }
      }
      if (line.startsWith("load ")) {
        commands.add(
            new Load(
                time(line.substring(5).trim()), block.stream().map(PromqlScript::series).toList()));
      } else if (line.equals("clear")) {
        commands.add(new Clear());
      } else if (line.startsWith("eval")) {
        commands.add(eval(line, first + 1, block));
      } else if (!line.isEmpty()) {
        throw new UnknownSyntax("line " + (first + 1) + ": " + line);
      }
    }
    return new PromqlScript(commands);
  }

  private static String clean(String line) {
    String trimmed = line.trim();
    return trimmed.startsWith("#") ? "" : trimmed;
  }

  private static Eval eval(String line, int number, List<String> block) {
    List<String> expects =
        new ArrayList<>(block.stream().filter(l -> l.startsWith("expect ")).toList());
    List<String> results = block.stream().filter(l -> !l.startsWith("expect ")).toList();
    java.util.regex.Matcher range = RANGE.matcher(line);
    java.util.regex.Matcher instant = INSTANT.matcher(line);
    MatchResult m = range.matches() ? range : instant.matches() ? instant : null;
    if (m == null) {
      throw new UnknownSyntax("line " + number + ": " + line);
    }
    if (m.group(1) != null) {
      expects.add("expect " + m.group(1).substring(1));
    }
    if (m == range) {
      return new Eval(
          number,
          m.group(5),
          true,
          time(m.group(2)),
          time(m.group(3)),
          time(m.group(4)),
          expects,
          results);
    }
    long at = m.group(2) == null ? 0 : time(m.group(2));
    return new Eval(number, m.group(3), false, at, at, 1, expects, results);
  }

  static long time(String text) {
    boolean negative = text.startsWith("-");
    String positive = negative ? text.substring(1) : text;
    long millis =
        positive.matches("[0-9.]+")
            ? Math.round(Double.parseDouble(positive) * 1000)
            : DurationSyntax.parseMillis(positive);
    return negative ? -millis : millis;
  }

  /** A metric and its points. */
  static Series series(String line) {
    int split = endOfMetric(line);
    return new Series(labels(line.substring(0, split)), points(line.substring(split).trim()));
  }

  private static int endOfMetric(String line) {
    char quote = 0;
    boolean braces = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote != '`') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'' || c == '`') {
        quote = c;
      } else if (c == '{') {
        braces = true;
      } else if (c == '}') {
        return i + 1;
      } else if (c == ' ' && !braces && !line.substring(i).trim().startsWith("{")) {
        return i;
      }
    }
    return line.length();
  }

  static Labels labels(String metric) {
    VectorSelector selector =
        (VectorSelector) Parser.parse(new Source(metric), ParserOptions.EXPERIMENTAL);
    Labels.Builder labels = Labels.builder();
    for (Matcher m : selector.matchers()) {
      labels.set(m.name(), m.value());
    }
    return labels.build();
  }

  private static List<Double> points(String text) {
    if (text.contains("{{") || text.contains("@st")) {
      throw new UnknownSyntax("histogram or start time: " + text);
    }
    List<Double> points = new ArrayList<>();
    for (String item : text.split("\\s+")) {
      if (!item.isEmpty()) {
        addPoints(item, points);
      }
    }
    return points;
  }

  private static void addPoints(String item, List<Double> points) {
    java.util.regex.Matcher m = POINT.matcher(item);
    if (item.startsWith("_")) {
      int n = item.equals("_") ? 1 : Integer.parseInt(item.substring(2));
      for (int i = 0; i < n; i++) {
        points.add(null);
      }
    } else if (item.startsWith("stale")) {
      int n = item.equals("stale") ? 1 : Integer.parseInt(item.substring(6)) + 1;
      for (int i = 0; i < n; i++) {
        points.add(StaleMarker.VALUE);
      }
    } else if (m.matches()) {
      double value = number(m.group(1));
      double step = m.group(2) == null ? 0 : number(m.group(2));
      int n = m.group(3) == null ? 0 : Integer.parseInt(m.group(3));
      for (int i = 0; i <= n; i++) {
        points.add(value);
        value += step;
      }
    } else {
      throw new UnknownSyntax("point " + item);
    }
  }

  static double number(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    double value = io.narthex.promql.internal.source.GoNumber.parse(digits);
    return negative ? -value : value;
  }
}
