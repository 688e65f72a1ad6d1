package io.narthex.discovery.file.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import io.narthex.tck.discovery.DiscoveryContract;
import io.narthex.tck.discovery.SectionNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileDiscoveryFactoryTest {
  private final TestRuntime runtime = new TestRuntime();
  private final FileDiscoveryFactory factory = new FileDiscoveryFactory(runtime, runtime);

  @AfterEach
  void end() throws Exception {
    runtime.close();
  }

  @Nested
  class Contract extends DiscoveryContract {
    private int written;

    @Override
    protected FileDiscoveryFactory factory() {
      return factory;
    }

    @Override
    protected ConfigNode validSection() throws IOException {
      Files.writeString(folder.resolve("a.json"), "[{\"targets\": [\"a:1\"]}]");
      return SectionNodes.of(Map.of("files", List.of("*.json"), "refresh_interval", "1h"));
    }

    @Override
    protected Map<ConfigNode, String> invalidSections() {
      return Map.of(
          SectionNodes.of(Map.of()), "files in the section is missing or empty",
          SectionNodes.of(Map.of("files", "a.json")), "files must be a list",
          SectionNodes.of(Map.of("files", List.of("a.txt"))), "must end in .json, .yml or .yaml");
    }

    @Override
    protected boolean disturb() throws IOException {
      Files.writeString(folder.resolve("b.json"), "[{\"targets\": [\"b:" + ++written + "\"]}]");
      return true;
    }
  }

  /** As upstream's own test and its rule say. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "my/file.json",
        "my/file.yml",
        "my/file.yaml",
        "my/file.JSON",
        "my/file.YML",
        "my/file.YAML",
        "*.json",
        "my/*.json",
        "my/f*e.json",
        "my/file*.json",
        "a b/ü*.yml",
        "t?/[ab]*.yml",
        "/abs/*.json",
        ".json",
        "a\nb.json",
      })
  void pathsOfTargetFilesAreAccepted(String path) {
    assertThat(problems(List.of(path))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my/*/file.json",
        "*/a.json",
        "my/file",
        "my/file.txt",
        "my/file.Json",
        "my/*",
        "json",
        "a.json\n",
        "a\0.json",
        "",
      })
  void othersAreNot(String path) {
    assertThat(problems(List.of(path)))
        .singleElement()
        .asString()
        .endsWith(
            "is no path of target files; it must end in .json, .yml or .yaml, and may have \"*\""
                + " only after the last \"/\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0s|",
        "30s|",
        "soon|refresh_interval must be a duration",
      })
  void theIntervalIsADuration(String interval, String problem) {
    List<String> problems =
        problems(Map.of("refresh_interval", interval, "files", List.of("a.json")));
    if (problem == null) {
      assertThat(problems).isEmpty();
    } else {
      assertThat(problems).singleElement().asString().startsWith(problem);
    }
  }

  @Test
  void noFilesAtAllIsSaidOnce() {
    String message =
        "files in file_sd_configs[0] is missing or empty; it must be a list of at least one path"
            + " such as targets/*.yml";
    assertThat(problems(Map.of())).containsExactly(message);
    assertThat(problems(Map.of("files", List.of()))).containsExactly(message);
    assertThat(problems(Map.of("files", "a.json")))
        .containsExactly("files must be a list, got \"a.json\"");
  }

  @Test
  void checkingAConfigurationStartsNothing() {
    problems(List.of("*.json"));
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("file-test/"));
  }

  private List<String> problems(List<String> files) {
    return problems(Map.of("files", files));
  }

  private List<String> problems(Map<String, Object> section) {
    List<Problem> problems = new ArrayList<>();
    Section read =
        new Section("file_sd_configs[0]", SectionNodes.of(section), Path.of("/etc"), problems);
    factory.create(read);
    read.refuseOthers();
    return problems.stream().map(Problem::message).toList();
  }
}
