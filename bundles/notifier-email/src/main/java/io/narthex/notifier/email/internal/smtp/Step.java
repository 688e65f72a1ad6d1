package io.narthex.notifier.email.internal.smtp;

/** Where a conversation is; upstream names it in its errors. */
enum Step {
  DIAL("establish connection to server"),
  DIAL_TLS("establish TLS connection to server"),
  GREETING("create SMTP client"),
  HELLO("send EHLO command"),
  START_TLS("send STARTTLS command"),
  MAIL("send MAIL command"),
  RCPT("send RCPT command"),
  DATA("send DATA command"),
  BODY("write body buffer"),
  END("delivery failure");

  private final String words;

  Step(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
