package io.narthex.alerting.internal.notify;

import io.narthex.alerting.internal.config.NotifierSettings;
import io.narthex.alerting.internal.config.ReceiverEntry;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import io.narthex.api.template.TemplateSet;
import io.narthex.spi.notify.Notifier;
import io.narthex.spi.notify.NotifierContext;
import io.narthex.spi.notify.NotifierFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The notifier of an entry, made by one factory. Its methods run inside the guard, one at a time.
 */
final class BoundNotifier {
  private final NotifierRegistration registration;
  private final ReceiverEntry entry;
  private final NotifierSettings settings;
  private final TemplateSet templates;

  // Guarded by this: a thread that was given up may still be at it when the next comes.
  private @Nullable Notifier notifier;
  private boolean closed;

  BoundNotifier(
      NotifierRegistration registration,
      ReceiverEntry entry,
      NotifierSettings settings,
      TemplateSet templates) {
    this.registration = registration;
    this.entry = entry;
    this.settings = settings;
    this.templates = templates;
  }

  NotifierRegistration registration() {
    return registration;
  }

  /** The notifier; made by the factory if there is none yet. */
  synchronized Notifier notifier(NotifierFactory factory) {
    if (closed) {
      throw new IllegalStateException("the notifier is closed");
    }
    Notifier known = notifier;
    if (known != null) {
      return known;
    }
    List<Problem> problems = new ArrayList<>();
    Notifier made = create(factory, entry, settings, templates, problems);
    if (!problems.isEmpty()) {
      made.close();
      throw new IllegalArgumentException(
          problems.stream()
              .map(p -> "line %d: %s".formatted(p.position().line(), p.message()))
              .collect(Collectors.joining("; ")));
    }
    notifier = made;
    return made;
  }

  /** Has a factory make a notifier of an entry. */
  static Notifier create(
      NotifierFactory factory,
      ReceiverEntry entry,
      NotifierSettings settings,
      TemplateSet templates,
      List<Problem> problems) {
    Section section = entry.section(problems);
    Notifier made =
        factory.create(section, new NotifierContext(settings.globalSection(problems), templates));
    section.refuseOthers();
    return made;
  }

  synchronized void close() {
    closed = true;
    Notifier known = notifier;
    notifier = null;
    if (known != null) {
      known.close();
    }
  }
}
