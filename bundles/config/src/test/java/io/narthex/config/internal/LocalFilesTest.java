package io.narthex.config.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.narthex.api.section.Section;
import io.narthex.config.internal.prometheus.BadConfigurationException;
import io.narthex.config.internal.prometheus.ConfigurationFiles.UnreadableFileException;
import io.narthex.config.internal.prometheus.Mechanisms;
import io.narthex.config.internal.prometheus.PrometheusYaml;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFilesTest {
  private static final LocalFiles FILES = new LocalFiles();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void textIsReadAsItsMarkSays(String charset) throws Exception {
    Path file = folder.resolve("x.yml");
    Files.write(file, "\ufeffglobal: {} # grün\n".getBytes(Charset.forName(charset)));
    assertThat(FILES.read(file)).isEqualTo("global: {} # grün\n");
  }

  @Test
  void whatIsNoTextIsRefusedWithItsPlace() throws IOException {
    Path file = folder.resolve("x.yml");
    Files.write(file, "a: 1\nb: grün\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> FILES.read(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage("line 2, column 6: it is not UTF-8 text");
  }

  /** Upstream takes the first, and finds out when it scrapes; the others it needs at once. */
  @ParameterizedTest
  @CsvSource({
    "'scrape_configs: [{job_name: a, tls_config: {ca_file: none}}]', ",
    "'remote_write: [{url: http://a, tls_config: {ca_file: none}}]', 1:54: ca_file in remote_write[0].tls_config",
    "'remote_read: [{url: http://a, tls_config: {ca_file: none}}]', 1:53: ca_file in remote_read[0].tls_config",
    "'remote_read: [{url: http://a, tls_config: {cert_file: none, key_file: there}}]', 1:55: cert_file in remote_read[0].tls_config",
    "'remote_read: [{url: http://a, tls_config: {ca_file: there}}]', ",
    "'tracing: {endpoint: a, tls_config: {ca_file: none}}', 1:46: ca_file in tracing.tls_config"
  })
  void filesThatAreNeededAtOnceMustBeThere(String text, @Nullable String problem)
      throws IOException {
    Files.writeString(folder.resolve("there"), "");
    BadConfigurationException error =
        catchThrowableOfType(BadConfigurationException.class, () -> decode(text));
    if (problem == null) {
      assertThat(error).isNull();
      return;
    }
    String[] parts = problem.split(": ", 2);
    assertThat(error.problems())
        .containsExactly(
            "%s:%s: cannot read %s (%s): there is no such file"
                .formatted(main(), parts[0], parts[1], folder.resolve("none")));
  }

  private void decode(String text) {
    new PrometheusYaml(name -> "", FILES, new NoMechanisms(), Duration.ofDays(15))
        .decode(main(), text);
  }

  private String main() {
    return folder.resolve("prometheus.yml").toString();
  }

  /** None is installed. */
  private record NoMechanisms() implements Mechanisms {
    @Override
    public boolean isInstalled(String mechanism) {
      return false;
    }

    @Override
    public boolean mayCome() {
      return false;
    }

    @Override
    public void check(String mechanism, Section section, boolean keysAreChecked) {}
  }
}
