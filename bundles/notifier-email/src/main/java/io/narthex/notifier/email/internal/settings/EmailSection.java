package io.narthex.notifier.email.internal.settings;

import io.narthex.api.http.HttpClientSection;
import io.narthex.api.http.SecretSource;
import io.narthex.api.http.TlsConfig;
import io.narthex.api.section.Section;
import io.narthex.spi.notify.NotifierContext;
import java.util.Optional;

/** Reads an entry of {@code email_configs}; what it does not say stands in {@code global}. */
public final class EmailSection {
  /** Where an entry is wrong; what is read then is thrown away. */
  private static final Smarthost NOWHERE = new Smarthost("nowhere.invalid", 25);

  private static final String HELLO = "localhost";

  private final Section section;
  private final NotifierContext context;
  private final Section global;

  private EmailSection(Section section, NotifierContext context) {
    this.section = section;
    this.context = context;
    this.global = context.global();
  }

  /** Reads the entry; what is wrong is reported to it, or to the global section. */
  public static EmailSettings read(Section section, NotifierContext context) {
    return new EmailSection(section, context).read();
  }

  private EmailSettings read() {
    Smarthost smarthost = smarthost();
    boolean requireTls =
        bool("require_tls", "smtp_require_tls").orElse(!global.isNull("smtp_require_tls"));
    boolean implicitTls =
        bool("force_implicit_tls", "smtp_force_implicit_tls")
            .orElse(smarthost.port() == Smarthost.IMPLICIT_TLS_PORT);
    Threading threading = threading();
    return new EmailSettings(
        smarthost,
        hello(),
        credentials(),
        requireTls,
        implicitTls,
        tls(),
        threading,
        new MailSection(section, context.templates(), threading).read(from()));
  }

  private Smarthost smarthost() {
    Smarthost fallback = smarthost(global, "smtp_smarthost").orElse(NOWHERE);
    if (!section.has("smarthost") && !global.has("smtp_smarthost")) {
      section.report(
          section.position("smarthost"),
          "%s has no smarthost, and global no smtp_smarthost; one of them must be like mail.example.org:587"
              .formatted(section.name()));
    }
    return smarthost(section, "smarthost").orElse(fallback);
  }

  private static Optional<Smarthost> smarthost(Section section, String key) {
    Optional<String> text = section.string(key).filter(t -> !t.isEmpty());
    try {
      return text.map(Smarthost::parse);
    } catch (IllegalArgumentException e) {
      section.report(
          section.valuePosition(key),
          "%s in %s %s; it must be like mail.example.org:587, got \"%s\""
              .formatted(key, section.name(), e.getMessage(), text.orElse("")));
      return Optional.empty();
    }
  }

  private String hello() {
    String hello = text("hello", "smtp_hello").orElse(HELLO);
    if (hello.matches("[!-~]+")) {
      return hello;
    }
    section.report(
        section.valuePosition("hello"),
        "hello in %s must be a host name, got \"%s\"".formatted(section.name(), hello));
    return HELLO;
  }

  private String from() {
    Optional<String> from = text("from", "smtp_from");
    if (from.isEmpty()) {
      section.report(
          section.position("from"),
          "%s has no from, and global no smtp_from; one of them must be the sender's address"
              .formatted(section.name()));
    }
    return from.orElse("");
  }

  private Credentials credentials() {
    global.exclusive("smtp_auth_password", "smtp_auth_password_file");
    global.exclusive("smtp_auth_secret", "smtp_auth_secret_file");
    return new Credentials(
        text("auth_username", "smtp_auth_username").orElse(""),
        secret("auth_password", "smtp_auth_password"),
        secret("auth_secret", "smtp_auth_secret"),
        text("auth_identity", "smtp_auth_identity").orElse(""));
  }

  private Optional<SecretSource> secret(String key, String globalKey) {
    Optional<SecretSource> fallback = secret(global, globalKey);
    return secret(section, key).or(() -> fallback);
  }

  /** Upstream takes the file if both are given. */
  private static Optional<SecretSource> secret(Section section, String key) {
    Optional<SecretSource> inline =
        section.secret(key).filter(s -> !s.reveal().isEmpty()).map(SecretSource.Inline::new);
    return section.path(key + "_file").<SecretSource>map(SecretSource.InFile::new).or(() -> inline);
  }

  private Optional<String> text(String key, String globalKey) {
    Optional<String> fallback = global.string(globalKey).filter(t -> !t.isEmpty());
    return section.string(key).filter(t -> !t.isEmpty()).or(() -> fallback);
  }

  private Optional<Boolean> bool(String key, String globalKey) {
    Optional<Boolean> fallback = bool(global, globalKey);
    return bool(section, key).or(() -> fallback);
  }

  private static Optional<Boolean> bool(Section section, String key) {
    return section.value(key).isPresent()
        ? Optional.of(section.bool(key, false))
        : Optional.empty();
  }

  private TlsConfig tls() {
    Optional<TlsConfig> fallback = global.section("smtp_tls_config").map(HttpClientSection::tls);
    return section
        .section("tls_config")
        .map(HttpClientSection::tls)
        .or(() -> fallback)
        .orElse(TlsConfig.DEFAULT);
  }

  private Threading threading() {
    Optional<Section> given = section.section("threading");
    if (given.isEmpty()) {
      return Threading.OFF;
    }
    Section threading = given.get();
    boolean enabled = threading.bool("enabled", false);
    String byDate = threading.string("thread_by_date").orElse("");
    threading.refuseOthers();
    if (!enabled) {
      return Threading.OFF;
    }
    return switch (byDate) {
      case "none" -> Threading.BY_GROUP;
      case "daily" -> Threading.BY_GROUP_AND_DAY;
      default -> {
        threading.report(
            threading.valuePosition("thread_by_date"),
            "thread_by_date in %s must be none or daily, got \"%s\""
                .formatted(threading.name(), byDate));
        yield Threading.OFF;
      }
    };
  }
}
