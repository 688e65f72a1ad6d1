package io.narthex.alerting.internal.config;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the files of the {@code tls_config} of HTTP clients, which upstream reads when a
 * configuration is loaded: that of an entry's {@code http_config}, or else that of {@code global}
 * if an entry goes by it. Mails and {@code oauth2} read theirs when they need them, there as here.
 */
final class TlsFiles {
  private static final String HTTP_CONFIG = "http_config";

  /** The kind of upstream's that speaks no HTTP. */
  private static final String EMAIL = "email";

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");

  private static final Pattern KEY = Pattern.compile("-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----");

  private final ConfigFiles files;
  private final List<Problem> problems;

  private TlsFiles(ConfigFiles files, List<Problem> problems) {
    this.files = files;
    this.problems = problems;
  }

  /**
   * Checks those of all receivers.
   *
   * @param problems gets what is wrong
   */
  static void check(NotifierSettings settings, ConfigFiles files, List<Problem> problems) {
    TlsFiles tls = new TlsFiles(files, problems);
    boolean globalCounts = false;
    for (Receiver receiver : settings.receivers()) {
      for (ReceiverEntry entry : receiver.entries()) {
        if (!entry.kind().equals(EMAIL)) {
          // Heard by nobody: what is wrong with the keys is found by who acts on them.
          Optional<Section> client = entry.section(new ArrayList<>()).section(HTTP_CONFIG);
          client.ifPresent(tls::check);
          globalCounts |= client.isEmpty() && ReceiverDecoder.UPSTREAM.contains(entry.kind());
        }
      }
    }
    if (globalCounts && settings.global() instanceof ConfigNode.Mapping) {
      settings.globalSection(new ArrayList<>()).section(HTTP_CONFIG).ifPresent(tls::check);
    }
  }

  private void check(Section client) {
    client
        .section("tls_config")
        .filter(Section::isMapping)
        .ifPresent(
            tls -> {
              check(tls, "ca_file", "certificate", TlsFiles::hasCertificate);
              check(tls, "cert_file", "certificate", TlsFiles::hasCertificate);
              check(tls, "key_file", "private key", text -> KEY.matcher(text).find());
            });
  }

  private void check(Section tls, String key, String what, Predicate<String> isUsable) {
    Optional<Path> file = tls.path(key);
    if (file.isPresent()) {
      try {
        if (!isUsable.test(files.read(file.get()))) {
          report(
              tls,
              key,
              "%s in %s (%s) has no %s in the PEM format"
                  .formatted(key, tls.name(), file.get(), what));
        }
      } catch (IOException e) {
        String why = e instanceof NoSuchFileException ? "there is no such file" : e.getMessage();
        report(
            tls, key, "cannot read %s in %s (%s): %s".formatted(key, tls.name(), file.get(), why));
      }
    }
  }

  private void report(Section tls, String key, String message) {
    problems.add(new Problem(tls.valuePosition(key), message));
  }

  private static boolean hasCertificate(String text) {
    Matcher block = CERTIFICATE.matcher(text);
    while (block.find()) {
      try {
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(block.group().getBytes(StandardCharsets.US_ASCII)));
        return true;
      } catch (CertificateException unusable) {
        // The next one may do.
        continue;
      }
    }
    return false;
  }
}
