package io.narthex.templates.internal.function;

import static io.narthex.templates.internal.function.Parameter.ANY;
import static io.narthex.templates.internal.function.Parameter.LIST;

import io.narthex.templates.internal.value.AnyList;
import io.narthex.templates.internal.value.AnyMap;
import io.narthex.templates.internal.value.JsonText;
import io.narthex.templates.internal.value.Kind;
import io.narthex.templates.internal.value.TemplateFault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists and maps made by templates, and values as JSON. */
final class CollectionFunctions {
  private CollectionFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.variadic("list", (call, a) -> new AnyList(a), ANY),
        Function.variadic("append", (call, a) -> append(call, a), LIST, ANY),
        Function.variadic("dict", (call, a) -> dict(a), ANY),
        Function.of("toJson", (call, a) -> JsonText.of(a[0]), ANY));
  }

  private static AnyList append(Call call, @Nullable Object[] arguments) {
    AnyList list = Kind.whole(arguments[0]) instanceof AnyList items ? items : new AnyList();
    call.spend(list.size() / 8);
    return list.with(arguments, 1);
  }

  private static AnyMap dict(@Nullable Object[] arguments) {
    if (arguments.length % 2 != 0) {
      throw new TemplateFault("dict requires an even number of arguments");
    }
    AnyMap map = new AnyMap();
    for (int i = 0; i < arguments.length; i += 2) {
      if (!(arguments[i] instanceof String key)) {
        throw new TemplateFault("dict keys must be strings");
      }
      map.put(key, arguments[i + 1]);
    }
    return map;
  }
}
