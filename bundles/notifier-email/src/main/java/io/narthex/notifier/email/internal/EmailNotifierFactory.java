package io.narthex.notifier.email.internal;

import io.narthex.api.scope.BundleScope;
import io.narthex.api.section.Section;
import io.narthex.api.time.Clock;
import io.narthex.notifier.email.internal.settings.EmailSection;
import io.narthex.notifier.email.internal.smtp.Lookups;
import io.narthex.notifier.email.internal.smtp.OpenChannels;
import io.narthex.spi.notify.Notifier;
import io.narthex.spi.notify.NotifierContext;
import io.narthex.spi.notify.NotifierFactory;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;

/** Reads {@code email_configs}. Nothing is opened or loaded before the first delivery. */
@Component(
    immediate = true,
    service = NotifierFactory.class,
    property = {
      NotifierFactory.RECEIVER + "=email",
      NotifierFactory.SEND_RESOLVED + ":Boolean=false"
    })
public final class EmailNotifierFactory implements NotifierFactory {
  /** How long conversations under way may go on when the bundle stops. */
  private static final Duration LAST = Duration.ofSeconds(3);

  private final Clock clock;
  private final Lookups lookups;
  private final Duration last;
  private final OpenChannels channels = new OpenChannels();

  /** Does nothing yet. */
  @Activate
  public EmailNotifierFactory(
      @Reference Clock clock,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this(clock, new Lookups(scope.pool("lookup", Lookups.THREADS, Lookups.QUEUE)), LAST);
  }

  EmailNotifierFactory(Clock clock, Lookups lookups, Duration last) {
    this.clock = clock;
    this.lookups = lookups;
    this.last = last;
  }

  @Override
  public Notifier create(Section section, NotifierContext context) {
    return new EmailNotifier(EmailSection.read(section, context), clock, lookups, channels);
  }

  /**
   * Lets no conversation begin, waits a little for those under way and ends the others: a mail
   * whose conversation is cut may have been taken, and would be sent again.
   */
  @Deactivate
  public void deactivate() {
    channels.drain(last);
    channels.close();
    lookups.close();
  }
}
