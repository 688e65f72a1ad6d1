package io.narthex.templates.internal.function;

import static io.narthex.templates.internal.function.Parameter.ANY;
import static io.narthex.templates.internal.function.Parameter.TEXT;

import io.narthex.templates.internal.value.AnyList;
import io.narthex.templates.internal.value.AnyMap;
import io.narthex.templates.internal.value.Comparison;
import io.narthex.templates.internal.value.GoFormat;
import io.narthex.templates.internal.value.Kind;
import io.narthex.templates.internal.value.Markup;
import io.narthex.templates.internal.value.QueryResult;
import io.narthex.templates.internal.value.TemplateFault;
import io.narthex.templates.internal.value.UrlText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions that every template of Go has, except the comparisons. */
public final class BuiltinFunctions {
  /** Evaluates its arguments only until one is false; the executor does that. */
  public static final String AND = "and";

  /** Evaluates its arguments only until one is true; the executor does that. */
  public static final String OR = "or";

  /** Calls its first argument; the executor names it in the error, since nothing can be called. */
  public static final String CALL = "call";

  private BuiltinFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.variadic(AND, BuiltinFunctions::last, ANY, ANY),
        Function.variadic(OR, BuiltinFunctions::last, ANY, ANY),
        Function.variadic(CALL, BuiltinFunctions::last, ANY, ANY),
        Function.of("len", (call, a) -> length(a[0]), ANY),
        Function.variadic("index", (call, a) -> index(a), ANY, ANY),
        Function.variadic("slice", (call, a) -> slice(a), ANY, ANY),
        Function.variadic("print", (call, a) -> GoFormat.sprint(a), ANY),
        Function.variadic("println", (call, a) -> GoFormat.sprintln(a), ANY),
        Function.variadic("printf", (call, a) -> printf(a), TEXT, ANY),
        Function.variadic("html", (call, a) -> Escapes.html(printed(a)), ANY),
        Function.variadic("js", (call, a) -> Escapes.javaScript(printed(a)), ANY),
        Function.variadic("urlquery", (call, a) -> UrlText.escape(printed(a)), ANY));
  }

  /** What some of them are where the output is HTML, which is escaped when it is written. */
  static List<Function> html() {
    return List.of(
        Function.variadic("html", (call, a) -> unescaped(a), ANY),
        Function.variadic("urlquery", (call, a) -> urlQuery(printed(a)), ANY));
  }

  private static Object unescaped(@Nullable Object[] arguments) {
    return arguments.length == 1 && arguments[0] instanceof Markup markup
        ? markup
        : printed(arguments);
  }

  private static @Nullable Object last(Call call, @Nullable Object[] arguments) {
    return arguments[arguments.length - 1];
  }

  private static Markup urlQuery(String text) {
    return new Markup(UrlText.escape(text), Markup.Kind.URL);
  }

  private static String printf(@Nullable Object[] arguments) {
    return GoFormat.sprintf(
        Function.text(arguments[0]), Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  private static String printed(@Nullable Object[] arguments) {
    @Nullable Object[] shown = arguments.clone();
    for (int i = 0; i < shown.length; i++) {
      if (shown[i] == null) {
        shown[i] = "<no value>";
      }
    }
    return GoFormat.sprint(shown);
  }

  private static long length(@Nullable Object value) {
    return switch (Kind.whole(value)) {
      case null -> throw new TemplateFault("reflect: call of reflect.Value.Type on zero Value");
      case String text -> bytes(text).length;
      case Markup markup -> bytes(markup.text()).length;
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      case Object other -> throw new TemplateFault("len of type " + lengthType(value, other));
    };
  }

  /** Go looks behind a pointer before it asks for the length. */
  private static String lengthType(@Nullable Object value, Object whole) {
    String type = Kind.typeName(value == null ? whole : value);
    return type.startsWith("*") ? type.substring(1) : type;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable Object index(@Nullable Object[] arguments) {
    if (arguments[0] == null) {
      throw new TemplateFault("index of untyped nil");
    }
    Object item = arguments[0];
    for (int i = 1; i < arguments.length; i++) {
      item = Kind.imported(element(item, arguments[i]));
    }
    return item;
  }

  private static @Nullable Object element(@Nullable Object item, @Nullable Object index) {
    return switch (Kind.whole(item)) {
      case null -> throw new TemplateFault("index of nil pointer");
      case String text -> byteAt(bytes(text), index);
      case Markup markup -> byteAt(bytes(markup.text()), index);
      case List<?> list -> list.get(below(position(index, list.size()), list.size()));
      case Map<?, ?> map -> entry(map, index);
      case Object other -> throw new TemplateFault("can't index item of type " + type(item, other));
    };
  }

  private static String type(@Nullable Object item, Object whole) {
    String type = Kind.typeName(item == null ? whole : item);
    return type.startsWith("*") ? type.substring(1) : type;
  }

  private static long byteAt(byte[] bytes, @Nullable Object index) {
    return bytes[below(position(index, bytes.length), bytes.length)] & 0xFF;
  }

  /** Go checks an index as if it were for a slice, and fails in its runtime if it is the end. */
  private static int below(int index, int size) {
    if (index >= size) {
      throw new TemplateFault("reflect: slice index out of range");
    }
    return index;
  }

  private static @Nullable Object entry(Map<?, ?> map, @Nullable Object key) {
    if (key == null) {
      throw new TemplateFault("value is nil; should be of type string");
    }
    if (!(key instanceof String)) {
      throw new TemplateFault("value has type %s; should be string".formatted(Kind.typeName(key)));
    }
    return valueOf(map, key);
  }

  /** The value of a key; the empty text where there is none in a map of texts. */
  public static @Nullable Object valueOf(Map<?, ?> map, Object key) {
    Object value = map.get(key);
    return value != null || map instanceof AnyMap || !Kind.isTexts(map) ? value : "";
  }

  private static int position(@Nullable Object index, int most) {
    if (index == null) {
      throw new TemplateFault("cannot index slice/array with nil");
    }
    if (Kind.of(index) != Kind.INT) {
      throw new TemplateFault(
          "cannot index slice/array with type %s".formatted(Kind.typeName(index)));
    }
    long position = Comparison.integer(index);
    if (position < 0 || position > most) {
      throw new TemplateFault("index out of range: %d".formatted(position));
    }
    return (int) position;
  }

  private static Object slice(@Nullable Object[] arguments) {
    Object item = Kind.whole(arguments[0]);
    int count = arguments.length - 1;
    if (item == null) {
      throw new TemplateFault("slice of untyped nil");
    }
    if (count > 3) {
      throw new TemplateFault("too many slice indexes: %d".formatted(count));
    }
    boolean text = item instanceof String || item instanceof Markup;
    if (!text && !(item instanceof List<?>)) {
      throw new TemplateFault("can't slice item of type " + type(arguments[0], item));
    }
    if (text && count == 3) {
      throw new TemplateFault("cannot 3-index slice a string");
    }
    byte[] bytes = text ? bytes(Comparison.text(item)) : new byte[0];
    int size = item instanceof List<?> list ? list.size() : bytes.length;
    int[] bounds = {0, size, size};
    for (int i = 0; i < count; i++) {
      bounds[i] = position(arguments[i + 1], size);
    }
    ordered(bounds[0], bounds[1]);
    ordered(bounds[1], bounds[2]);
    if (item instanceof List<?> list) {
      return part(list, bounds[0], bounds[1]);
    }
    return new String(bytes, bounds[0], bounds[1] - bounds[0], StandardCharsets.UTF_8);
  }

  private static Object part(List<?> list, int from, int to) {
    return switch (list) {
      case AnyList any -> new AnyList(any.subList(from, to).toArray());
      case QueryResult result -> new QueryResult(result.subList(from, to));
      default -> list.subList(from, to);
    };
  }

  private static void ordered(int left, int right) {
    if (left > right) {
      throw new TemplateFault("invalid slice index: %d > %d".formatted(left, right));
    }
  }
}
