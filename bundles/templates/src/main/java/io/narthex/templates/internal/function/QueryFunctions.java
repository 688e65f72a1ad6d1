package io.narthex.templates.internal.function;

import static io.narthex.templates.internal.function.Parameter.SAMPLE;
import static io.narthex.templates.internal.function.Parameter.SAMPLES;
import static io.narthex.templates.internal.function.Parameter.TEXT;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.query.QueryValue;
import io.narthex.templates.internal.value.QueryResult;
import io.narthex.templates.internal.value.QuerySample;
import io.narthex.templates.internal.value.TemplateFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Queries from templates, and what they give. */
final class QueryFunctions {
  /** A query costs as much as so many other steps, so that an expansion has at most a thousand. */
  private static final long QUERY_STEPS = 1_000;

  private static final String NIL_SAMPLE =
      "runtime error: invalid memory address or nil pointer dereference";

  private QueryFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.of("query", (call, a) -> query(call, Function.text(a[0])), TEXT),
        Function.of("first", (call, a) -> first(a[0]), SAMPLES),
        Function.of("label", (call, a) -> label(Function.text(a[0]), sample(a[1])), TEXT, SAMPLE),
        Function.of("value", (call, a) -> sample(a[0]).value(), SAMPLE),
        Function.of("strvalue", (call, a) -> label("__value__", sample(a[0])), SAMPLE),
        Function.of("sortByLabel", (call, a) -> sorted(Function.text(a[0]), a[1]), TEXT, SAMPLES));
  }

  private static QueryResult query(Call call, String expression) {
    call.spend(QUERY_STEPS);
    List<QuerySample> samples = new ArrayList<>();
    try {
      for (QueryValue.Sample sample : call.context().query(expression)) {
        samples.add(new QuerySample(texts(sample.labels()), sample.value()));
      }
    } catch (NarthexException e) {
      if (isNotRun(e)) {
        throw e;
      }
      throw new TemplateFault(String.valueOf(e.getMessage()));
    }
    call.spend(samples.size());
    return new QueryResult(samples);
  }

  /** Not a fault of the template: its next expansion may go well. */
  private static boolean isNotRun(NarthexException error) {
    return switch (error.code().kind()) {
      case UNAVAILABLE, CANCELED -> true;
      default -> false;
    };
  }

  private static TreeMap<String, String> texts(Labels labels) {
    TreeMap<String, String> texts = new TreeMap<>();
    for (int i = 0; i < labels.size(); i++) {
      texts.put(labels.name(i), labels.value(i));
    }
    return texts;
  }

  private static QuerySample first(@Nullable Object samples) {
    if (samples instanceof QueryResult result && !result.isEmpty()) {
      return result.getFirst();
    }
    throw new TemplateFault("first() called on vector with no elements");
  }

  private static QuerySample sample(@Nullable Object argument) {
    if (argument instanceof QuerySample sample) {
      return sample;
    }
    throw new TemplateFault(NIL_SAMPLE);
  }

  private static String label(String name, QuerySample sample) {
    return sample.labels().getOrDefault(name, "");
  }

  private static QueryResult sorted(String label, @Nullable Object samples) {
    if (!(samples instanceof QueryResult result)) {
      return new QueryResult(List.of());
    }
    List<QuerySample> sorted = new ArrayList<>(result);
    sorted.sort(Comparator.comparing(sample -> label(label, sample)));
    return new QueryResult(sorted);
  }
}
