package io.narthex.spi.notify.support;

import io.narthex.api.template.TemplateObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks what a member of a template's object is called with. */
final class MemberArguments {
  private final String member;
  private final List<Object> arguments;

  MemberArguments(String member, List<Object> arguments) {
    this.member = member;
    this.arguments = arguments;
  }

  /** For a field: there are none. */
  void none() {
    count(0);
  }

  /** The only one, which is a text. */
  String text() {
    count(1);
    if (whole(arguments.getFirst()) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("%s needs a text".formatted(member));
  }

  /** The only one, which is a list of texts. */
  List<String> texts() {
    count(1);
    if (whole(arguments.getFirst()) instanceof List<?> list) {
      List<String> texts = new ArrayList<>(list.size());
      for (Object item : list) {
        if (!(item instanceof String text)) {
          throw notTexts();
        }
        texts.add(text);
      }
      return texts;
    }
    throw notTexts();
  }

  private static @Nullable Object whole(@Nullable Object value) {
    return value instanceof TemplateObject object ? object.whole().orElse(null) : value;
  }

  private IllegalArgumentException notTexts() {
    return new IllegalArgumentException("%s needs a list of texts".formatted(member));
  }

  /** Worded as Go's. */
  private void count(int wanted) {
    if (arguments.size() != wanted) {
      throw new IllegalArgumentException(
          "wrong number of args for %s: want %d got %d"
              .formatted(member, wanted, arguments.size()));
    }
  }

  static IllegalArgumentException unknown(TemplateObject object, String member) {
    return new IllegalArgumentException(
        "can't evaluate field %s in type %s".formatted(member, object.typeName()));
  }
}
