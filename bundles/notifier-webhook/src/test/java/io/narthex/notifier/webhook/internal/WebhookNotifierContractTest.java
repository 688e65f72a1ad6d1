package io.narthex.notifier.webhook.internal;

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

class WebhookNotifierContractTest extends NotifierContract {
  private static final String TOKEN = "very-secret-token";

  private WebhookReceiver receiver;
  private WebhookNotifierFactory factory;

  @BeforeEach
  void start() throws IOException {
    receiver = new WebhookReceiver();
    factory = new WebhookNotifierFactory(new JdkHttpClients());
  }

  @AfterEach
  void stop() {
    factory.deactivate();
    receiver.close();
  }

  @Override
  protected NotifierFactory factory() {
    return factory;
  }

  @Override
  protected ConfigNode validSection() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("url", receiver.url("/hook/" + TOKEN));
    keys.put("http_config", Map.of("follow_redirects", true));
    keys.put("max_alerts", 2000);
    keys.put("timeout", "1m");
    return SectionNodes.of(keys);
  }

  @Override
  protected Map<ConfigNode, String> invalidSections() {
    return Map.of(
        SectionNodes.of(Map.of()), "has neither url nor url_file",
        SectionNodes.of(Map.of("url", "ftp://h/" + TOKEN)), "it must be like https://host/path");
  }

  @Override
  protected List<String> received() {
    return receiver.received.stream().map(WebhookReceiver.Received::body).toList();
  }

  @Override
  protected boolean receiver(Mood mood) {
    receiver.hanging = mood == Mood.HANGING;
    receiver.status = mood == Mood.REFUSING ? 400 : 200;
    receiver.answer = mood == Mood.REFUSING ? "not you" : "";
    return true;
  }

  @Override
  protected List<String> secrets() {
    return List.of(TOKEN);
  }
}
