package io.narthex.spi.notify.support;

import io.narthex.api.template.TemplateObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A list of texts with the method {@code Join}. */
public record TextList(List<String> texts) implements TemplateObject {
  /** Copies the list. */
  public TextList {
    texts = List.copyOf(texts);
  }

  @Override
  public String typeName() {
    return "template.Strings";
  }

  @Override
  public boolean has(String member) {
    return member.equals("Join");
  }

  @Override
  public @Nullable Object get(String member, List<Object> arguments) {
    if (!has(member)) {
      throw MemberArguments.unknown(this, member);
    }
    return String.join(new MemberArguments(member, arguments).text(), texts);
  }

  /** A list. */
  @Override
  public Optional<Object> whole() {
    return Optional.of(texts);
  }

  /** As Go prints a list, for example {@code [Down node]}. */
  @Override
  public String toString() {
    return "[" + String.join(" ", texts) + "]";
  }
}
