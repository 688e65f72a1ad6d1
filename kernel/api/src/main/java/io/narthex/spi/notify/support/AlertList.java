package io.narthex.spi.notify.support;

import io.narthex.api.template.TemplateObject;
import io.narthex.spi.notify.NotifiedAlert;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Alerts as templates see them, with the methods {@code Firing} and {@code Resolved}. */
public record AlertList(List<AlertData> alerts) implements TemplateObject {
  /** Copies the list. */
  public AlertList {
    alerts = List.copyOf(alerts);
  }

  /** The alerts of a notification. */
  public static AlertList of(List<NotifiedAlert> alerts) {
    return new AlertList(alerts.stream().map(AlertData::new).toList());
  }

  @Override
  public String typeName() {
    return "template.Alerts";
  }

  @Override
  public boolean has(String member) {
    return member.equals("Firing") || member.equals("Resolved");
  }

  @Override
  public @Nullable Object get(String member, List<Object> arguments) {
    new MemberArguments(member, arguments).none();
    return switch (member) {
      case "Firing" -> alerts.stream().filter(a -> a.alert().firing()).toList();
      case "Resolved" -> alerts.stream().filter(a -> !a.alert().firing()).toList();
      default -> throw MemberArguments.unknown(this, member);
    };
  }

  /** A list. */
  @Override
  public Optional<Object> whole() {
    return Optional.of(alerts);
  }
}
