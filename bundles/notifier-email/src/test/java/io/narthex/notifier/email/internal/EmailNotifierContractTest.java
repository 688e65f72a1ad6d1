package io.narthex.notifier.email.internal;

import io.narthex.api.section.ConfigNode;
import io.narthex.spi.notify.NotifierFactory;
import io.narthex.tck.discovery.SectionNodes;
import io.narthex.tck.notify.NotifierContract;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class EmailNotifierContractTest extends NotifierContract {
  private SmtpServer server;
  private EmailNotifierFactory factory;
  private final LookupThreads threads = new LookupThreads();

  @BeforeEach
  void start() throws IOException {
    server = SmtpServer.plain();
    server.extensions = List.of("AUTH PLAIN");
    factory = new EmailNotifierFactory(EmailTrial.CLOCK, threads);
  }

  @AfterEach
  void stop() throws IOException {
    factory.deactivate();
    threads.close();
    server.close();
  }

  @Override
  protected NotifierFactory factory() {
    return factory;
  }

  @Override
  protected ConfigNode validSection() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("to", "{{ .Receiver }} <a@example.org>");
    keys.put("from", "n@example.org");
    keys.put("smarthost", "127.0.0.1:" + server.port());
    keys.put("hello", "me.example.org");
    keys.put("auth_username", SmtpServer.USER);
    keys.put("auth_password", SmtpServer.PASSWORD);
    keys.put("auth_secret", "a-secret");
    keys.put("auth_identity", "");
    keys.put("headers", Map.of("Subject", "{{ .GroupLabels.alertname }}"));
    keys.put("html", "<p>{{ .CommonAnnotations.summary }}</p>");
    keys.put("text", "{{ .CommonAnnotations }}");
    keys.put("require_tls", false);
    keys.put("force_implicit_tls", false);
    keys.put("tls_config", Map.of("insecure_skip_verify", true));
    keys.put("threading", Map.of("enabled", true, "thread_by_date", "daily"));
    return SectionNodes.of(keys);
  }

  @Override
  protected Map<ConfigNode, String> invalidSections() {
    return Map.of(
        SectionNodes.of(Map.of()), "has no to",
        SectionNodes.of(Map.of("to", "a@b.c", "smarthost", "x")), "has no port",
        SectionNodes.of(Map.of("to", "{{ if")), "is no template");
  }

  @Override
  protected List<String> received() {
    return server.mails.stream().map(SmtpServer.Mail::content).toList();
  }

  @Override
  protected boolean receiver(Mood mood) {
    server.hanging.clear();
    server.answers.clear();
    switch (mood) {
      case HANGING -> server.hanging.add(SmtpServer.Verb.MAIL);
      case REFUSING -> server.answers.put(SmtpServer.Verb.RCPT, "550 no");
      case WELL -> {}
    }
    return true;
  }

  @Override
  protected List<String> secrets() {
    return List.of(SmtpServer.PASSWORD, "a-secret");
  }
}
