package io.narthex.discovery.file.internal.glob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class FilePatternTest {
  private static final List<String> FILES =
      List.of(
          "sd/a.json",
          "sd/b.json",
          "sd/c.yml",
          "sd/.hidden.json",
          "sd/t1/x.json",
          "sd/t2/x.json",
          "sd/t2/y.yml",
          "sd/u/x.json",
          "sd/[x]/z.json",
          "sd/ü/ö.json",
          "sd/ü/日本.yml",
          "sd/*.json",
          "sd/a b.json");

  @TempDir Path root;

  @BeforeEach
  void makeTree() throws IOException {
    for (String file : FILES) {
      Path path = FileNames.path(root + "/" + file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "");
    }
    Files.createDirectory(root.resolve("sd/dir.json"));
    Files.createSymbolicLink(root.resolve("sd/broken.json"), Path.of("nowhere"));
    Files.createSymbolicLink(root.resolve("sd/link"), Path.of("t1"));
  }

  /** Columns: pattern, what Go's filepath.Glob found in the same tree. */
  @TestFactory
  Stream<DynamicTest> findsWhatGoFinds() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/glob/trees.tsv")).stream()
        .map(line -> line.split("\t", -1))
        .map(
            columns ->
                DynamicTest.dynamicTest(
                    columns[0], () -> assertThat(glob(columns[0])).isEqualTo(columns[1])));
  }

  /** Upstream's names keep what the absolute pattern has, or lose it, like the relative one's. */
  private String glob(String pattern) {
    try {
      List<FilePattern.Match> matches = new FilePattern(root + "/" + pattern).expand().matches();
      assertThat(matches).allMatch(match -> Files.exists(match.path(), LinkOption.NOFOLLOW_LINKS));
      return String.join(
          "|",
          matches.stream()
              .map(match -> match.name().substring(root.toString().length() + 1))
              .toList());
    } catch (BadPatternException e) {
      return "BAD";
    }
  }

  @Test
  void saysWhichFoldersToWatch() throws BadPatternException {
    assertThat(new FilePattern(root + "/sd/t[12]/*.json").expand().folders())
        .containsExactlyInAnyOrder(
            root.resolve("sd"), root.resolve("sd/t1"), root.resolve("sd/t2"));
    assertThat(new FilePattern(root + "/none/a.json").expand().folders())
        .containsExactly(root.resolve("none"));
  }

  @Test
  void aFolderThatIsNotThereIsNoProblem() throws BadPatternException {
    assertThat(new FilePattern(root + "/none/*.json").expand().problems()).isEmpty();
  }

  @Test
  void aFolderThatCannotBeSearchedIsOne() throws Exception {
    Path closed = root.resolve("sd/t1");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      List<String> problems = new FilePattern(closed + "/*.json").expand().problems();
      // The superuser may do it all the same.
      if (!Files.isReadable(closed)) {
        assertThat(problems).containsExactly(closed + ": cannot be searched: no permission");
      }
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
