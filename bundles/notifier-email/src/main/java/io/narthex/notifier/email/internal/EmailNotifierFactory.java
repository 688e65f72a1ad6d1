package io.narthex.notifier.email.internal;

import io.narthex.api.section.Section;
import io.narthex.api.time.Clock;
import io.narthex.notifier.email.internal.settings.EmailSection;
import io.narthex.notifier.email.internal.smtp.OpenChannels;
import io.narthex.spi.notify.Notifier;
import io.narthex.spi.notify.NotifierContext;
import io.narthex.spi.notify.NotifierFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Reads {@code email_configs}. Nothing is opened or loaded before the first delivery. */
@Component(
    immediate = true,
    service = NotifierFactory.class,
    property = {
      NotifierFactory.RECEIVER + "=email",
      NotifierFactory.SEND_RESOLVED + ":Boolean=false"
    })
public final class EmailNotifierFactory implements NotifierFactory {
  private final Clock clock;
  private final OpenChannels channels = new OpenChannels();

  /** Does nothing yet. */
  @Activate
  public EmailNotifierFactory(@Reference Clock clock) {
    this.clock = clock;
  }

  @Override
  public Notifier create(Section section, NotifierContext context) {
    return new EmailNotifier(EmailSection.read(section, context), clock, channels);
  }

  /** Ends the conversations under way. */
  @Deactivate
  public void deactivate() {
    channels.close();
  }
}
