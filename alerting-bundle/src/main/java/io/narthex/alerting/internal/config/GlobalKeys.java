package io.narthex.alerting.internal.config;

import java.util.List;

/** Upstream's keys of {@code global}, in the order in which it shows them. */
final class GlobalKeys {
  /** What a value is. */
  enum Kind {
    /** A duration. */
    DURATION,
    /** Any text. */
    TEXT,
    /** A text that is not shown. */
    SECRET,
    /** A URL with a host. */
    URL,
    /** A URL that is not shown. */
    SECRET_URL,
    /** True or false. */
    BOOL,
    /** A host and a port. */
    ADDRESS,
    /** The settings of an HTTP client. */
    HTTP,
    /** The settings of TLS. */
    TLS
  }

  /**
   * A key.
   *
   * @param fallback what counts where the key is not given, as it is shown; {@code ""} if nothing
   */
  record Key(String name, Kind kind, String fallback) {
    Key(String name, Kind kind) {
      this(name, kind, "");
    }
  }

  /** All keys. */
  static final List<Key> ALL =
      List.of(
          new Key("resolve_timeout", Kind.DURATION, "5m"),
          new Key("http_config", Kind.HTTP),
          new Key("jira_api_url", Kind.URL),
          new Key("smtp_from", Kind.TEXT),
          new Key("smtp_hello", Kind.TEXT, "localhost"),
          new Key("smtp_smarthost", Kind.ADDRESS),
          new Key("smtp_auth_username", Kind.TEXT),
          new Key("smtp_auth_password", Kind.SECRET),
          new Key("smtp_auth_password_file", Kind.TEXT),
          new Key("smtp_auth_secret", Kind.SECRET),
          new Key("smtp_auth_secret_file", Kind.TEXT),
          new Key("smtp_auth_identity", Kind.TEXT),
          new Key("smtp_require_tls", Kind.BOOL, "true"),
          new Key("smtp_tls_config", Kind.TLS),
          new Key("smtp_force_implicit_tls", Kind.BOOL),
          new Key("slack_api_url", Kind.SECRET_URL),
          new Key("slack_api_url_file", Kind.TEXT),
          new Key("slack_app_token", Kind.SECRET),
          new Key("slack_app_token_file", Kind.TEXT),
          new Key("slack_app_url", Kind.URL, "https://slack.com/api/chat.postMessage"),
          new Key("pagerduty_url", Kind.URL, "https://events.pagerduty.com/v2/enqueue"),
          new Key("opsgenie_api_url", Kind.URL, "https://api.opsgenie.com/"),
          new Key("opsgenie_api_key", Kind.SECRET),
          new Key("opsgenie_api_key_file", Kind.TEXT),
          new Key("wechat_api_url", Kind.URL, "https://qyapi.weixin.qq.com/cgi-bin/"),
          new Key("wechat_api_secret", Kind.SECRET),
          new Key("wechat_api_secret_file", Kind.TEXT),
          new Key("wechat_api_corp_id", Kind.TEXT),
          new Key(
              "victorops_api_url",
              Kind.URL,
              "https://alert.victorops.com/integrations/generic/20131114/alert/"),
          new Key("victorops_api_key", Kind.SECRET),
          new Key("victorops_api_key_file", Kind.TEXT),
          new Key("telegram_api_url", Kind.URL, "https://api.telegram.org"),
          new Key("telegram_bot_token", Kind.SECRET),
          new Key("telegram_bot_token_file", Kind.TEXT),
          new Key("webex_api_url", Kind.URL, "https://webexapis.com/v1/messages"),
          new Key("rocketchat_api_url", Kind.URL, "https://open.rocket.chat/"),
          new Key("rocketchat_token", Kind.SECRET),
          new Key("rocketchat_token_file", Kind.TEXT),
          new Key("rocketchat_token_id", Kind.SECRET),
          new Key("rocketchat_token_id_file", Kind.TEXT),
          new Key("mattermost_webhook_url", Kind.SECRET_URL),
          new Key("mattermost_webhook_url_file", Kind.TEXT));

  /** Keys that say the same in two ways; the second name is that with {@code _file}. */
  static final List<String> WITH_FILE =
      ALL.stream().map(Key::name).filter(GlobalKeys::hasFile).toList();

  private GlobalKeys() {}

  private static boolean hasFile(String name) {
    return ALL.stream().anyMatch(key -> key.name().equals(name + "_file"));
  }
}
