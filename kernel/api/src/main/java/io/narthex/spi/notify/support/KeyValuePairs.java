package io.narthex.spi.notify.support;

import io.narthex.api.template.TemplateObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pairs in an order, with the methods {@code Names}, {@code Values} and {@code String}. */
public record KeyValuePairs(List<Pair> pairs) implements TemplateObject {
  /** Copies the list. */
  public KeyValuePairs {
    pairs = List.copyOf(pairs);
  }

  /** A name and its value. */
  public record Pair(String name, String value) implements TemplateObject {
    @Override
    public String typeName() {
      return "template.Pair";
    }

    @Override
    public boolean has(String member) {
      return member.equals("Name") || member.equals("Value");
    }

    @Override
    public @Nullable Object get(String member, List<Object> arguments) {
      new MemberArguments(member, arguments).none();
      return switch (member) {
        case "Name" -> name;
        case "Value" -> value;
        default -> throw MemberArguments.unknown(this, member);
      };
    }
  }

  /** The names. */
  public TextList names() {
    return new TextList(pairs.stream().map(Pair::name).toList());
  }

  /** The values. */
  public TextList values() {
    return new TextList(pairs.stream().map(Pair::value).toList());
  }

  @Override
  public String typeName() {
    return "template.Pairs";
  }

  @Override
  public boolean has(String member) {
    return member.equals("Names") || member.equals("Values") || member.equals("String");
  }

  @Override
  public @Nullable Object get(String member, List<Object> arguments) {
    new MemberArguments(member, arguments).none();
    return switch (member) {
      case "Names" -> names();
      case "Values" -> values();
      case "String" -> toString();
      default -> throw MemberArguments.unknown(this, member);
    };
  }

  /** A list. */
  @Override
  public Optional<Object> whole() {
    return Optional.of(pairs);
  }

  /** For example {@code alertname=Down, job=node}. */
  @Override
  public String toString() {
    return pairs.stream()
        .map(pair -> pair.name() + "=" + pair.value())
        .collect(Collectors.joining(", "));
  }
}
