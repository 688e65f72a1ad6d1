package io.narthex.notifier.email.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.http.SecretSource;
import io.narthex.api.http.TlsConfig;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Secret;
import io.narthex.api.section.Section;
import io.narthex.api.yaml.YamlReader;
import io.narthex.spi.notify.NotifierContext;
import io.narthex.tck.notify.PathTemplates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EmailSectionTest {
  private static final String GLOBAL = "{smtp_smarthost: 'm:25', smtp_from: n@example.org}";

  private final List<Problem> problems = new ArrayList<>();

  private EmailSettings read(String yaml, String global) {
    Section section = new Section("receiver[0]", node(yaml), Path.of("/etc/n"), problems);
    Section globals = new Section("global", node(global), Path.of("/etc/n"), problems);
    EmailSettings settings =
        EmailSection.read(section, new NotifierContext(globals, PathTemplates.withDefaults()));
    section.refuseOthers();
    globals.refuseOthers();
    return settings;
  }

  private ConfigNode node(String yaml) {
    return YamlReader.read(yaml, problems).orElse(ConfigNode.nothing());
  }

  private List<String> described() {
    return problems.stream().map(p -> p.describe("f")).toList();
  }

  private static Arguments bad(String yaml, String global, String... problems) {
    return Arguments.of(yaml, global, List.of(problems));
  }

  private static Arguments bad(String yaml, String problem) {
    return bad("to: a@example.org\n" + yaml, GLOBAL, problem);
  }

  static Stream<Arguments> bads() {
    return Stream.of(
        bad(
            "from: b@example.org",
            GLOBAL,
            "f:1:1: receiver[0] has no to; it must be the address to notify, or several with commas"),
        bad(
            "to: a@example.org",
            "{smtp_from: n@example.org}",
            "f:1:1: receiver[0] has no smarthost, and global no smtp_smarthost; one of them must be like mail.example.org:587"),
        bad(
            "to: a@example.org",
            "{smtp_smarthost: 'm:25'}",
            "f:1:1: receiver[0] has no from, and global no smtp_from; one of them must be the sender's address"),
        bad(
            "smarthost: mail",
            "f:2:12: smarthost in receiver[0] has no port; it must be like mail.example.org:587, got \"mail\""),
        bad(
            "to: a@example.org",
            "{smtp_smarthost: 'm:0', smtp_from: n@example.org}",
            "f:1:18: smtp_smarthost in global has no port from 1 to 65535; it must be like mail.example.org:587, got \"m:0\""),
        bad(
            "hello: two words",
            "f:2:8: hello in receiver[0] must be a host name, got \"two words\""),
        bad("require_tls: maybe", "f:2:14: require_tls must be true or false, got \"maybe\""),
        bad(
            "to: a@example.org",
            "{smtp_smarthost: 'm:25', smtp_from: n@example.org, smtp_require_tls: 1}",
            "f:1:70: smtp_require_tls must be true or false, got \"1\""),
        bad("auth_password: [s3cret]", "f:2:16: auth_password must be a string, got a list"),
        bad(
            "to: a@example.org",
            "{smtp_smarthost: 'm:25', smtp_from: n@e.org, smtp_auth_password: s3cret, smtp_auth_password_file: f}",
            "f:1:74: smtp_auth_password and smtp_auth_password_file exclude each other in global; keep one of them"),
        bad(
            "to: a@example.org",
            "{smtp_smarthost: 'm:25', smtp_from: n@e.org, smtp_auth_secret: s3cret, smtp_auth_secret_file: f}",
            "f:1:72: smtp_auth_secret and smtp_auth_secret_file exclude each other in global; keep one of them"),
        bad(
            "headers: {subject: a, SUBJECT: b}",
            "f:2:23: header \"Subject\" in receiver[0] is given twice; names of headers are the same in any case"),
        bad(
            "headers: {'a b': c}",
            "f:2:11: header \"A b\" in receiver[0] has a name that no header of a mail may have"),
        bad(
            "headers: {'x: y': c}",
            "f:2:11: header \"X: y\" in receiver[0] has a name that no header of a mail may have"),
        bad("headers: {X-A: [s3cret]}", "f:2:16: X-A in headers must be a string, got a list"),
        bad("headers: s3cret", "f:2:10: headers must be a mapping, got a single value"),
        bad(
            "threading: {enabled: true, thread_by_date: none}\nheaders: {in-reply-to: x}",
            "f:3:11: header \"In-Reply-To\" in receiver[0] and threading exclude each other; keep one of them"),
        bad(
            "threading: {enabled: true}",
            "f:2:12: thread_by_date in receiver[0].threading must be none or daily, got \"\""),
        bad(
            "threading: {enabled: true, thread_by_date: weekly}",
            "f:2:44: thread_by_date in receiver[0].threading must be none or daily, got \"weekly\""),
        bad(
            "threading: {enable: true}",
            "f:2:13: unknown key \"enable\" in receiver[0].threading. Did you mean \"enabled\"?"),
        bad(
            "html: '{{ if'",
            "f:2:7: html in receiver[0] is no template: template: :1: unclosed action"),
        bad(
            "text: '{{ if }}'",
            "f:2:7: text in receiver[0] is no template: template: :1: unexpected \"if\" in command"),
        bad(
            "headers: {Subject: '{{'}",
            "f:2:20: Subject in receiver[0] is no template: template: :1: unclosed action"),
        bad(
            "tls_config: {min_version: 1.2}",
            "f:2:27: min_version must be one of TLS10, TLS11, TLS12, TLS13, got \"1.2\""),
        bad(
            "tls_config: {cert: s3cret}",
            "f:2:13: receiver[0].tls_config has a cert but no key; give key or key_file as well"),
        bad("subject: x", "f:2:1: unknown key \"subject\" in receiver[0]"));
  }

  @ParameterizedTest
  @MethodSource("bads")
  void isRefused(String yaml, String global, List<String> expected) {
    read(yaml, global);
    assertThat(described()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(described().toString()).doesNotContain("s3cret");
  }

  @Test
  void whatIsNotSaidIsUpstreamsDefault() {
    EmailSettings settings = read("to: a@example.org", GLOBAL);
    assertThat(problems).isEmpty();
    assertThat(settings.smarthost()).isEqualTo(new Smarthost("m", 25));
    assertThat(settings.hello()).isEqualTo("localhost");
    assertThat(settings.requireTls()).isTrue();
    assertThat(settings.implicitTls()).isFalse();
    assertThat(settings.tls()).isEqualTo(TlsConfig.DEFAULT);
    assertThat(settings.threading()).isEqualTo(Threading.OFF);
    assertThat(settings.credentials())
        .isEqualTo(new Credentials("", Optional.empty(), Optional.empty(), ""));
    assertThat(settings.mail().headers().keySet()).containsExactly("From", "To", "Subject");
    assertThat(settings.mail().text()).isEmpty();
    assertThat(settings.mail().html()).isPresent();
  }

  @Test
  void takesFromGlobalWhatTheEntryDoesNotSay() {
    EmailSettings settings =
        read(
            "to: a@example.org",
            """
            smtp_smarthost: m:465
            smtp_from: n@example.org
            smtp_hello: me.example.org
            smtp_auth_username: u
            smtp_auth_password: p
            smtp_auth_secret_file: s
            smtp_auth_identity: i
            smtp_require_tls: false
            smtp_tls_config: {server_name: x}
            """);
    assertThat(problems).isEmpty();
    assertThat(settings.hello()).isEqualTo("me.example.org");
    assertThat(settings.requireTls()).isFalse();
    assertThat(settings.implicitTls()).isTrue();
    assertThat(settings.tls().serverName()).isEqualTo("x");
    assertThat(settings.credentials())
        .isEqualTo(
            new Credentials(
                "u",
                Optional.of(new SecretSource.Inline(new Secret("p"))),
                Optional.of(new SecretSource.InFile(Path.of("/etc/n/s"))),
                "i"));
  }

  @Test
  void whatTheEntrySaysComesFirst() {
    EmailSettings settings =
        read(
            """
            to: a@example.org
            from: b@example.org
            smarthost: own:465
            hello: own
            auth_username: u
            auth_password: p
            auth_password_file: pf
            auth_secret: s
            auth_identity: i
            require_tls: true
            force_implicit_tls: false
            tls_config: {insecure_skip_verify: true}
            threading: {enabled: true, thread_by_date: daily}
            headers: {x-tag: a, SUBJECT: b, Cc: }
            html: ''
            text: t
            """,
            """
            smtp_smarthost: m:25
            smtp_from: n@example.org
            smtp_hello: g
            smtp_auth_username: g
            smtp_auth_password: g
            smtp_auth_secret_file: g
            smtp_auth_identity: g
            smtp_require_tls: false
            smtp_force_implicit_tls: true
            smtp_tls_config: {server_name: x}
            """);
    assertThat(problems).isEmpty();
    assertThat(settings.smarthost()).isEqualTo(new Smarthost("own", 465));
    assertThat(settings.hello()).isEqualTo("own");
    assertThat(settings.requireTls()).isTrue();
    assertThat(settings.implicitTls()).isFalse();
    assertThat(settings.tls().insecureSkipVerify()).isTrue();
    assertThat(settings.tls().serverName()).isEmpty();
    assertThat(settings.threading()).isEqualTo(Threading.BY_GROUP_AND_DAY);
    assertThat(settings.mail().headers().keySet())
        .containsExactly("X-Tag", "Subject", "Cc", "From", "To");
    assertThat(settings.mail().html()).isEmpty();
    assertThat(settings.mail().text()).isPresent();
    assertThat(settings.credentials())
        .isEqualTo(
            new Credentials(
                "u",
                Optional.of(new SecretSource.InFile(Path.of("/etc/n/pf"))),
                Optional.of(new SecretSource.Inline(new Secret("s"))),
                "i"));
    assertThat(settings.toString()).doesNotContain("Secret[");
  }

  @ParameterizedTest
  @CsvSource({
    "message-id,Message-Id",
    "MIME-VERSION,Mime-Version",
    "x,X",
    "X-My_header,X-My_header",
    "reply-TO,Reply-To"
  })
  void namesOfHeadersAreSpeltAsGoDoes(String name, String canonical) {
    assertThat(HeaderNames.canonical(name)).isEqualTo(canonical);
  }
}
