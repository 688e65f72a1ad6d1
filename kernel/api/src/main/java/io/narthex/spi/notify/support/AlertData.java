package io.narthex.spi.notify.support;

import io.narthex.api.template.TemplateObject;
import io.narthex.spi.notify.NotifiedAlert;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An alert as templates see it. */
public record AlertData(NotifiedAlert alert) implements TemplateObject {
  /** Go's time that is not set: when an alert ends that fires. */
  public static final Instant NO_TIME = Instant.parse("0001-01-01T00:00:00Z");

  private static final Set<String> MEMBERS =
      Set.of(
          "Status", "Labels", "Annotations", "StartsAt", "EndsAt", "GeneratorURL", "Fingerprint");

  /** When it ended, or {@link #NO_TIME}. */
  public Instant endsAt() {
    return alert.endsAt().orElse(NO_TIME);
  }

  @Override
  public String typeName() {
    return "template.Alert";
  }

  @Override
  public boolean has(String member) {
    return MEMBERS.contains(member);
  }

  @Override
  public @Nullable Object get(String member, List<Object> arguments) {
    new MemberArguments(member, arguments).none();
    return switch (member) {
      case "Status" -> alert.status();
      case "Labels" -> new KeyValues(alert.labels());
      case "Annotations" -> new KeyValues(alert.annotations());
      case "StartsAt" -> alert.startsAt();
      case "EndsAt" -> endsAt();
      case "GeneratorURL" -> alert.generatorUrl();
      case "Fingerprint" -> alert.fingerprint();
      default -> throw MemberArguments.unknown(this, member);
    };
  }
}
