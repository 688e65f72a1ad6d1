package io.narthex.notifier.webhook.internal;

import io.narthex.api.http.HttpClients;
import io.narthex.api.section.Section;
import io.narthex.spi.notify.Notifier;
import io.narthex.spi.notify.NotifierContext;
import io.narthex.spi.notify.NotifierFactory;
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
  private final WebhookSessions sessions;

  /** Does nothing yet. */
  @Activate
  public WebhookNotifierFactory(@Reference HttpClients clients) {
    this.sessions = new WebhookSessions(clients);
  }

  @Override
  public Notifier create(Section section, NotifierContext context) {
    return new WebhookNotifier(WebhookSection.read(section, context), sessions);
  }

  /** Gives up the deliveries under way, and closes the connections. */
  @Deactivate
  public void deactivate() {
    sessions.close();
  }
}
