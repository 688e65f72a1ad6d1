package io.narthex.notifier.webhook.internal;

import io.narthex.api.http.HttpClients;
import io.narthex.api.section.Section;
import io.narthex.spi.notify.Notifier;
import io.narthex.spi.notify.NotifierContext;
import io.narthex.spi.notify.NotifierFactory;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Reads {@code webhook_configs}. Nothing is opened before the first delivery. */
@Component(
    immediate = true,
    service = NotifierFactory.class,
    property = NotifierFactory.RECEIVER + "=webhook")
public final class WebhookNotifierFactory implements NotifierFactory {
  /** How long deliveries under way may go on when the bundle stops. */
  private static final Duration LAST = Duration.ofSeconds(3);

  private final WebhookSessions sessions;
  private final Duration last;

  /** Does nothing yet. */
  @Activate
  public WebhookNotifierFactory(@Reference HttpClients clients) {
    this(clients, LAST);
  }

  WebhookNotifierFactory(HttpClients clients, Duration last) {
    this.sessions = new WebhookSessions(clients);
    this.last = last;
  }

  @Override
  public Notifier create(Section section, NotifierContext context) {
    return new WebhookNotifier(WebhookSection.read(section, context), sessions);
  }

  /**
   * Lets no delivery begin, waits a little for those under way, gives up the others and closes the
   * connections: one that is cut may have arrived, and would arrive again.
   */
  @Deactivate
  public void deactivate() {
    sessions.close(last);
  }
}
