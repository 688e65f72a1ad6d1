package io.narthex.notifier.email.internal;

import io.narthex.api.time.Clock;
import io.narthex.notifier.email.internal.compose.BadMailException;
import io.narthex.notifier.email.internal.compose.MailComposer;
import io.narthex.notifier.email.internal.settings.EmailSettings;
import io.narthex.notifier.email.internal.smtp.Lookups;
import io.narthex.notifier.email.internal.smtp.OpenChannels;
import io.narthex.notifier.email.internal.smtp.SmtpDelivery;
import io.narthex.notifier.email.internal.smtp.SmtpException;
import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.FailureReason;
import io.narthex.spi.notify.Notification;
import io.narthex.spi.notify.Notifier;
import java.time.Instant;
import java.time.ZoneId;
import java.util.SplittableRandom;

/**
 * Sends each notification as a mail, by a connection of its own. The mail library is loaded with
 * the first of them.
 */
final class EmailNotifier implements Notifier {
  private final EmailSettings settings;
  private final Clock clock;
  private final Lookups lookups;
  private final OpenChannels channels;
  private final SplittableRandom random = new SplittableRandom();

  EmailNotifier(EmailSettings settings, Clock clock, Lookups lookups, OpenChannels channels) {
    this.settings = settings;
    this.clock = clock;
    this.lookups = lookups;
    this.channels = channels;
  }

  @Override
  public Delivery deliver(Notification notification) {
    MailComposer composer =
        new MailComposer(
            settings.mail(), settings.threading(), HostName.get(), ZoneId.systemDefault(), random);
    try {
      Instant now = Instant.ofEpochMilli(clock.wallMillis());
      SmtpDelivery.send(settings, composer.compose(notification, now), lookups, channels);
      return new Delivery.Done();
    } catch (BadMailException e) {
      return new Delivery.Failed(FailureReason.OTHER, false, String.valueOf(e.getMessage()));
    } catch (SmtpException e) {
      return e.delivery();
    }
  }
}
