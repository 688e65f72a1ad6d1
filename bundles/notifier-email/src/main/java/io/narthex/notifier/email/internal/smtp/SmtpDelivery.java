package io.narthex.notifier.email.internal.smtp;

import io.narthex.notifier.email.internal.compose.ComposedMail;
import io.narthex.notifier.email.internal.settings.EmailSettings;
import io.narthex.notifier.email.internal.tls.BadTlsException;
import io.narthex.notifier.email.internal.tls.NamedSocketFactory;
import io.narthex.notifier.email.internal.tls.TlsConnections;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conversation with the server, in upstream's order: connection, greeting, STARTTLS,
 * authentication, the mail. An interrupt ends it wherever it is.
 */
public final class SmtpDelivery {
  private static final Logger logger = LoggerFactory.getLogger(SmtpDelivery.class);

  private final EmailSettings settings;
  private final ComposedMail mail;
  private final Lookups lookups;
  private final OpenChannels channels;

  private SmtpDelivery(
      EmailSettings settings, ComposedMail mail, Lookups lookups, OpenChannels channels) {
    this.settings = settings;
    this.mail = mail;
    this.lookups = lookups;
    this.channels = channels;
  }

  /** Delivers the mail to all its recipients, or to none. */
  public static void send(
      EmailSettings settings, ComposedMail mail, Lookups lookups, OpenChannels channels)
      throws SmtpException {
    Step first = settings.implicitTls() ? Step.DIAL_TLS : Step.DIAL;
    if (!channels.begin()) {
      throw SmtpException.canceled(first);
    }
    try {
      new SmtpDelivery(settings, mail, lookups, channels).send(first);
    } finally {
      channels.end();
    }
  }

  private void send(Step step) throws SmtpException {
    @Nullable NamedSocketFactory tls = tls();
    SocketChannel channel = null;
    try {
      channel = Dialer.dial(settings.smarthost(), lookups, channels);
      Socket socket = channel.socket();
      if (settings.implicitTls() && tls != null) {
        socket = tls.createSocket(socket, host(), settings.smarthost().port(), true);
        ((SSLSocket) socket).startHandshake();
      }
      converse(socket, tls);
    } catch (IOException e) {
      throw isCanceled() ? SmtpException.canceled(step) : FailureWords.of(step, e);
    } finally {
      if (channel != null) {
        channels.close(channel);
      }
    }
  }

  private @Nullable NamedSocketFactory tls() throws SmtpException {
    if (!settings.implicitTls() && !settings.requireTls()) {
      return null;
    }
    try {
      return TlsConnections.factory(settings.tls(), host());
    } catch (BadTlsException e) {
      throw SmtpException.lasting("parse TLS configuration: " + e.getMessage());
    }
  }

  private String host() {
    return settings.smarthost().host();
  }

  private boolean isCanceled() {
    return Thread.currentThread().isInterrupted() || channels.isClosed();
  }

  private void converse(Socket socket, @Nullable NamedSocketFactory tls) throws SmtpException {
    Session session = Session.getInstance(properties(tls));
    SteppedTransport transport = new SteppedTransport(session);
    try {
      transport.begin(socket);
      if (settings.requireTls() && !settings.implicitTls()) {
        if (!transport.supportsExtension("STARTTLS")) {
          throw SmtpException.passing(
              "'require_tls' is true (default) but \"%s\" does not advertise the STARTTLS extension"
                  .formatted(settings.smarthost()));
        }
        transport.secure();
      }
      new Authentication(transport, settings.credentials(), tls != null, host()).run();
      transport.sendMessage(message(session), recipients());
    } catch (MessagingException e) {
      throw isCanceled()
          ? SmtpException.canceled(transport.step())
          : FailureWords.of(transport.step(), e, transport.reply());
    } finally {
      quit(transport);
    }
  }

  private Properties properties(@Nullable NamedSocketFactory tls) {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.localhost", settings.hello());
    properties.setProperty("mail.smtp.from", mail.from());
    // The mail is delivered by then; a server that does not say goodbye must not hold us.
    properties.setProperty("mail.smtp.quitwait", "false");
    if (tls != null) {
      properties.put("mail.smtp.ssl.socketFactory", tls);
      // The factory checks it, against the name that the configuration says.
      properties.setProperty("mail.smtp.ssl.checkserveridentity", "false");
    }
    if (!isAscii(mail.from()) || !mail.to().stream().allMatch(SmtpDelivery::isAscii)) {
      properties.setProperty("mail.mime.allowutf8", "true");
    }
    return properties;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private MimeMessage message(Session session) throws MessagingException {
    byte[] content = mail.content().getBytes(StandardCharsets.US_ASCII);
    return new MimeMessage(session, new ByteArrayInputStream(content));
  }

  private Address[] recipients() {
    Address[] recipients = new Address[mail.to().size()];
    for (int i = 0; i < recipients.length; i++) {
      InternetAddress recipient = new InternetAddress();
      recipient.setAddress(mail.to().get(i));
      recipients[i] = recipient;
    }
    return recipients;
  }

  private static void quit(SteppedTransport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      logger.debug("the conversation did not end in order", e);
    }
  }
}
