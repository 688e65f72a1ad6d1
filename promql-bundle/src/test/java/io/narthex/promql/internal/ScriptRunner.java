package io.narthex.promql.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.query.Query;
import io.narthex.api.query.QueryOptions;
import io.narthex.api.query.QueryResult;
import io.narthex.api.query.QueryValue;
import io.narthex.api.time.Clock;
import io.narthex.promql.internal.exec.Execution;
import io.narthex.promql.internal.exec.QueryControl;
import io.narthex.promql.internal.source.GoText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs the commands of a script; a wrong answer is an {@link AssertionError}. */
final class ScriptRunner {
  private static final double EPSILON = 1e-6;
  private static final long MINUTE = 60_000;

  private final MemoryStorage storage = new MemoryStorage();
  private final Execution execution =
      new Execution(storage, new Execution.Limits(5 * MINUTE, 50_000_000));

  void run(PromqlScript.Command command) {
    switch (command) {
      case PromqlScript.Clear c -> storage.clear();
      case PromqlScript.Load l -> load(l);
      case PromqlScript.Eval e -> eval(e);
    }
  }

  private void load(PromqlScript.Load load) {
    for (PromqlScript.Series series : load.series()) {
      for (int i = 0; i < series.points().size(); i++) {
        Double point = series.points().get(i);
        if (point != null) {
          storage.add(series.labels(), i * load.step(), point);
        }
      }
    }
  }

  private void eval(PromqlScript.Eval e) {
    Query query =
        e.range()
            ? new Query.Range(e.expression(), e.start(), e.end(), e.step(), QueryOptions.DEFAULT)
            : new Query.Instant(e.expression(), e.start(), QueryOptions.DEFAULT);
    boolean mustFail = e.expects().stream().anyMatch(x -> x.startsWith("expect fail"));
    QueryResult result;
    try {
      result = run(query);
    } catch (NarthexException failure) {
      if (!mustFail) {
        throw failure;
      }
      checkFailure(e, failure);
      return;
    }
    if (mustFail) {
      throw new AssertionError("must fail, but gave " + result.value());
    }
    checkNotes(e, result);
    checkValue(e, result.value());
    if (!e.range() && result.value() instanceof QueryValue.Vector) {
      checkSameInRange(e);
    }
  }

  private QueryResult run(Query query) {
    Clock clock =
        new Clock() {
          @Override
          public long wallMillis() {
            return 0;
          }

          @Override
          public long monotonicNanos() {
            return 0;
          }
        };
    return execution.run(query, new QueryControl(clock, Long.MAX_VALUE), part -> {});
  }

  private static void checkFailure(PromqlScript.Eval e, NarthexException failure) {
    for (String expect : e.expects()) {
      if (expect.startsWith("expect fail msg:")) {
        String wanted = unquoted(expect.substring("expect fail msg:".length()).trim());
        if (!failure.getMessage().equals(wanted)) {
          throw new AssertionError(
              "wanted failure: " + wanted + "\n   but got: " + failure.getMessage(), failure);
        }
      } else if (expect.startsWith("expect fail regex:")) {
        String wanted = unquoted(expect.substring("expect fail regex:".length()).trim());
        if (!java.util.regex.Pattern.compile(wanted).matcher(failure.getMessage()).find()) {
          throw new AssertionError(
              "wanted failure: " + wanted + "\n   but got: " + failure.getMessage(), failure);
        }
      }
    }
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && "\"`'".indexOf(text.charAt(0)) >= 0
            && text.charAt(0) == text.charAt(text.length() - 1);
    return quoted ? GoText.unquote(text) : text;
  }

  private static void checkNotes(PromqlScript.Eval e, QueryResult result) {
    for (String expect : e.expects()) {
      if (expect.equals("expect no_warn") && !result.warnings().isEmpty()) {
        throw new AssertionError("wanted no warnings, got " + result.warnings());
      }
      if (expect.equals("expect no_info") && !result.infos().isEmpty()) {
        throw new AssertionError("wanted no infos, got " + result.infos());
      }
      if (expect.startsWith("expect warn") && result.warnings().isEmpty()) {
        throw new AssertionError("wanted a warning: " + expect);
      }
      if (expect.startsWith("expect info") && result.infos().isEmpty()) {
        throw new AssertionError("wanted an info: " + expect);
      }
      if (expect.startsWith("expect info msg: ")) {
        String wanted = expect.substring("expect info msg: ".length());
        if (!result.infos().contains(wanted)) {
          throw new AssertionError("wanted info " + wanted + ", got " + result.infos());
        }
      }
    }
  }

  private void checkValue(PromqlScript.Eval e, QueryValue value) {
    switch (value) {
      case QueryValue.Scalar s -> checkScalar(e, s.value());
      case QueryValue.Text t -> checkText(e, t.value());
      case QueryValue.Vector v -> checkVector(e, v.samples());
      case QueryValue.Matrix m -> checkMatrix(e, m.series());
    }
  }

  private static void checkScalar(PromqlScript.Eval e, double value) {
    double wanted = PromqlScript.number(e.results().getFirst());
    if (!near(wanted, value)) {
      throw new AssertionError("wanted " + wanted + ", got " + value);
    }
  }

  private static void checkText(PromqlScript.Eval e, String value) {
    String wanted =
        e.expects().stream().filter(x -> x.startsWith("expect string ")).findFirst().orElseThrow();
    if (!value.equals(unquoted(wanted.substring("expect string ".length()).trim()))) {
      throw new AssertionError(wanted + ", got " + value);
    }
  }

  private static void checkVector(PromqlScript.Eval e, List<QueryValue.Sample> samples) {
    List<PromqlScript.Series> wanted = e.results().stream().map(PromqlScript::series).toList();
    Map<Labels, Double> got = new TreeMap<>();
    samples.forEach(s -> got.put(s.labels(), s.value()));
    if (got.size() != samples.size()) {
      throw new AssertionError("same labels twice: " + samples);
    }
    for (PromqlScript.Series series : wanted) {
      Double value = got.remove(series.labels());
      if (value == null || !near(series.points().getFirst(), value)) {
        throw new AssertionError("wanted " + series + ", got " + samples);
      }
    }
    if (!got.isEmpty()) {
      throw new AssertionError("not wanted: " + got);
    }
    if (e.expects().contains("expect ordered") || e.expects().contains("expect _ordered")) {
      List<Labels> order = samples.stream().map(QueryValue.Sample::labels).toList();
      if (!order.equals(wanted.stream().map(PromqlScript.Series::labels).toList())) {
        throw new AssertionError("wrong order: " + order);
      }
    }
  }

  private static void checkMatrix(PromqlScript.Eval e, List<QueryValue.Series> got) {
    if (!got.equals(got.stream().sorted((a, b) -> a.labels().compareTo(b.labels())).toList())) {
      throw new AssertionError("series are not sorted");
    }
    long start = e.start();
    long step = e.step();
    for (String expect : e.expects()) {
      if (expect.startsWith("expect range vector from ")) {
        String[] words = expect.split("\\s+");
        start = PromqlScript.time(words[4]);
        step = PromqlScript.time(words[8]);
      }
    }
    Map<Labels, String> wanted = new TreeMap<>();
    for (String line : e.results()) {
      PromqlScript.Series series =
          isNumbers(line) ? PromqlScript.series("{} " + line) : PromqlScript.series(line);
      List<String> points = new ArrayList<>();
      for (int i = 0; i < series.points().size(); i++) {
        Double point = series.points().get(i);
        if (point != null) {
          points.add((start + i * step) + "=" + rounded(point));
        }
      }
      wanted.put(series.labels(), points.toString());
    }
    Map<Labels, String> actual = new TreeMap<>();
    for (QueryValue.Series series : got) {
      List<String> points = new ArrayList<>();
      for (int i = 0; i < series.timestamps().length; i++) {
        points.add(series.timestamps()[i] + "=" + rounded(series.values()[i]));
      }
      actual.put(series.labels(), points.toString());
    }
    if (!actual.equals(wanted)) {
      throw new AssertionError("wanted " + wanted + "\n   got " + actual);
    }
  }

  private static boolean isNumbers(String line) {
    return line.matches("[-+0-9.].*") || line.matches("(?i)(nan|inf)( .*)?");
  }

  private static String rounded(double value) {
    return "%.5g".formatted(value + 0.0);
  }

  /** A query must give the same at a time whether it is alone or one of several steps. */
  private void checkSameInRange(PromqlScript.Eval e) {
    Query.Range query =
        new Query.Range(
            e.expression(), e.start() - MINUTE, e.start() + MINUTE, MINUTE, QueryOptions.DEFAULT);
    QueryValue.Matrix matrix;
    try {
      matrix = (QueryValue.Matrix) run(query).value();
    } catch (NarthexException failure) {
      return;
    }
    if (e.expression().contains("start()") || e.expression().contains("end()")) {
      return;
    }
    List<QueryValue.Sample> samples = new ArrayList<>();
    for (QueryValue.Series series : matrix.series()) {
      for (int i = 0; i < series.timestamps().length; i++) {
        if (series.timestamps()[i] == e.start()) {
          samples.add(new QueryValue.Sample(series.labels(), e.start(), series.values()[i]));
        }
      }
    }
    PromqlScript.Eval unordered =
        new PromqlScript.Eval(
            e.line(), e.expression(), true, e.start(), e.end(), 1, List.of(), e.results());
    checkVector(unordered, samples);
  }

  private static boolean near(double wanted, double got) {
    if (Double.isNaN(wanted) && Double.isNaN(got) || wanted == got) {
      return true;
    }
    double scale = Math.abs(wanted) + Math.abs(got);
    return scale < 1e-300 || Math.abs(wanted - got) / scale < EPSILON;
  }
}
