package io.narthex.notifier.email.internal.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Knows at which step it is. */
final class SteppedTransport extends SMTPTransport {
  private Step step = Step.GREETING;

  SteppedTransport(Session session) {
    super(session, null);
  }

  Step step() {
    return step;
  }

  /** Hears the greeting and gives ours. */
  void begin(Socket socket) throws MessagingException {
    connect(socket);
  }

  /** Goes on with TLS; the second greeting belongs to it. */
  synchronized void secure() throws MessagingException {
    step = Step.START_TLS;
    startTLS();
    ehlo(getLocalHost());
  }

  /** What the server said last. */
  Reply reply() {
    return Reply.of(getLastReturnCode(), getLastServerResponse());
  }

  @Override
  protected boolean ehlo(String domain) throws MessagingException {
    if (step == Step.GREETING) {
      step = Step.HELLO;
    }
    return super.ehlo(domain);
  }

  @Override
  protected void mailFrom() throws MessagingException {
    step = Step.MAIL;
    super.mailFrom();
  }

  @Override
  protected void rcptTo() throws MessagingException {
    step = Step.RCPT;
    super.rcptTo();
  }

  @Override
  protected OutputStream data() throws MessagingException {
    step = Step.DATA;
    OutputStream out = super.data();
    step = Step.BODY;
    return out;
  }

  @Override
  protected void finishData() throws IOException, MessagingException {
    step = Step.END;
    super.finishData();
  }
}
