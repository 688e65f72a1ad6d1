package io.narthex.discovery.file.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.section.Section;
import io.narthex.discovery.file.internal.glob.FileNames;
import io.narthex.spi.discovery.Discovery;
import io.narthex.spi.discovery.TargetGroup;
import io.narthex.tck.discovery.HeardGroups;
import io.narthex.tck.discovery.SectionNodes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real files, a real watch and a refresh interval that never comes, but where it says so. */
class FileDiscoveryTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;
  private final TestRuntime runtime = new TestRuntime();
  private final HeardGroups heard = new HeardGroups();

  @AfterEach
  void end() throws Exception {
    runtime.close();
    // An executor says that it has ended a moment before its thread has.
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("file-test/")
          || thread.getName().startsWith("FileSystemWatch")) {
        assertThat(thread.join(SOON)).as("%s has ended", thread).isTrue();
      }
    }
  }

  @Test
  void targetsOfAllFilesAreFoundAtOnce() throws Exception {
    write("a.json", "[{\"targets\": [\"a:1\"], \"labels\": {\"env\": \"x\"}}]");
    write("b.yml", "- targets: [b:1]\n- targets: [b:2]\n");
    start("1h", "*.json", "b.yml", "*.yml");
    targets("a:1", "b:1", "b:2");
    TargetGroup group = heard.groups().get(folder + "/a.json:0");
    assertThat(group.labels().get("__meta_filepath")).isEqualTo(folder + "/a.json");
    assertThat(group.labels().get("env")).isEqualTo("x");
    assertThat(heard.groups()).hasSize(3);
    assertThat(runtime.value("prometheus_sd_file_scan_duration_seconds_count")).isPositive();
  }

  @Test
  void aFileThatIsMadeChangedAndDeletedShows() throws Exception {
    start("1h", "*.yml");
    targets();
    write("a.yml", "- targets: [a:1]\n");
    targets("a:1");
    write("a.yml", "- targets: [a:1, a:2]\n");
    targets("a:1", "a:2");
    write("a.yml", "- targets: [a:2]\n");
    targets("a:2");
    Files.delete(folder.resolve("a.yml"));
    targets();
    assertThat(heard.problems()).isEmpty();
  }

  @Test
  void aChangeShowsWithinASecondOrSo() throws Exception {
    write("a.yml", "- targets: [a:1]\n");
    start("1h", "*.yml");
    targets("a:1");
    long begin = System.nanoTime();
    write("a.yml", "- targets: [a:2]\n");
    targets("a:2");
    // Half a second on an idle machine; the limit leaves room for a busy one.
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void aFileThatIsReplacedOrRenamedShows() throws Exception {
    write("a.json", "[{\"targets\": [\"a:1\"]}]");
    start("1h", "*.json");
    targets("a:1");
    write("new.tmp", "[{\"targets\": [\"a:2\"]}]");
    Files.move(folder.resolve("new.tmp"), folder.resolve("a.json"), StandardCopyOption.ATOMIC_MOVE);
    targets("a:2");
    Files.move(folder.resolve("a.json"), folder.resolve("b.json"));
    heard.await(
        "the group of the new name",
        SOON,
        h -> h.groups().keySet().equals(Set.of(folder + "/b.json:0")));
    Files.move(folder.resolve("b.json"), folder.resolve("b.off"));
    targets();
  }

  /** As the kubelet updates a ConfigMap: the files are links through a link that is swapped. */
  @Test
  void aConfigMapThatIsUpdatedShows() throws Exception {
    configMap("..2026_1", "- targets: [a:1]\n");
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_1"));
    Files.createSymbolicLink(folder.resolve("a.yml"), Path.of("..data/a.yml"));
    start("1h", "*.yml");
    targets("a:1");
    for (int version = 2; version < 5; version++) {
      configMap("..2026_" + version, "- targets: [a:%d]\n".formatted(version));
      Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2026_" + version));
      Files.move(
          folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
      deleteFolder(folder.resolve("..2026_" + (version - 1)));
      targets("a:" + version);
    }
    assertThat(heard.problems()).isEmpty();
  }

  @Test
  void aFileBehindALinkThatIsWrittenShows() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path sd = Files.createDirectory(folder.resolve("sd"));
    Files.writeString(elsewhere.resolve("real.yml"), "- targets: [a:1]\n");
    Files.createSymbolicLink(sd.resolve("a.yml"), elsewhere.resolve("real.yml"));
    start("1h", "sd/*.yml");
    targets("a:1");
    Files.writeString(elsewhere.resolve("real.yml"), "- targets: [a:2, a:3]\n");
    targets("a:2", "a:3");
  }

  @Test
  void aFolderThatComesToBeGoesAndIsReplacedShows() throws Exception {
    start("1h", "sd/*.yml");
    targets();
    Path sd = Files.createDirectory(folder.resolve("sd"));
    Files.writeString(sd.resolve("a.yml"), "- targets: [a:1]\n");
    targets("a:1");
    Path next = Files.createDirectory(folder.resolve("next"));
    Files.writeString(next.resolve("a.yml"), "- targets: [a:2]\n");
    Files.move(sd, folder.resolve("old"));
    Files.move(next, sd);
    targets("a:2");
    Files.writeString(sd.resolve("b.yml"), "- targets: [b:1]\n");
    targets("a:2", "b:1");
    deleteFolder(sd);
    targets();
  }

  @Test
  void aFolderLinkThatIsSwappedShows() throws Exception {
    for (int i = 1; i < 3; i++) {
      Path version = Files.createDirectory(folder.resolve("v" + i));
      Files.writeString(version.resolve("a.yml"), "- targets: [a:%d]\n".formatted(i));
    }
    Files.createSymbolicLink(folder.resolve("current"), Path.of("v1"));
    start("1h", "current/*.yml");
    targets("a:1");
    Files.createSymbolicLink(folder.resolve("tmp"), Path.of("v2"));
    Files.move(folder.resolve("tmp"), folder.resolve("current"), StandardCopyOption.ATOMIC_MOVE);
    targets("a:2");
  }

  @Test
  void aFileThatIsWrittenSlowlyInPlaceNeverLosesATarget() throws Exception {
    String[] all = IntStream.range(0, 20).mapToObj("host:%d"::formatted).toArray(String[]::new);
    write("a.yml", yaml(all));
    start("1h", "*.yml");
    targets(all);
    Set<String> lost = new TreeSet<>();
    int updates = heard.updates();
    try (OutputStream out = Files.newOutputStream(folder.resolve("a.yml"))) {
      for (String line : (yaml(all) + yaml("more:1")).split("(?<=\n)")) {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.flush();
        int before = updates;
        // Long enough for a look at what is there so far.
        long end = System.nanoTime() + Duration.ofMillis(150).toNanos();
        while (System.nanoTime() < end && heard.updates() == before) {
          Thread.onSpinWait();
        }
        updates = heard.updates();
        lost.addAll(Set.of(all));
        lost.removeAll(current());
        assertThat(lost).isEmpty();
      }
    }
    targets(Stream.concat(Stream.of(all), Stream.of("more:1")).toArray(String[]::new));
  }

  @Test
  void aFileWithAnErrorKeepsItsTargetsIsCountedAndSaid() throws Exception {
    write("a.json", "[{\"targets\": [\"a:1\"]}]");
    write("b.json", "[{\"targets\": [\"b:1\"]}]");
    start("1h", "*.json");
    targets("a:1", "b:1");
    write("a.json", "[{\"targets\": [\"a:1\"],}]");
    heard.await("a problem", SOON, h -> !h.problems().isEmpty());
    assertThat(heard.problems().getLast())
        .isEqualTo(
            folder
                + "/a.json:1:22: not valid JSON: unexpected '}': a key in double quotes must stand"
                + " here");
    assertThat(runtime.value("prometheus_sd_file_read_errors_total")).isPositive();
    write("b.json", "[{\"targets\": [\"b:2\"]}]");
    targets("a:1", "b:2");
    write("a.json", "[{\"targets\": [\"a:3\"]}]");
    targets("a:3", "b:2");
  }

  @Test
  void aPatternThatIsMalformedIsSaidAndTheOthersWork() throws Exception {
    write("a.yml", "- targets: [a:1]\n");
    start("1h", "[.yml", "a.yml");
    targets("a:1");
    heard.await("a problem", SOON, h -> !h.problems().isEmpty());
    assertThat(heard.problems().getFirst())
        .isEqualTo("pattern \"%s/[.yml\" is malformed: a \"[\" has no \"]\"".formatted(folder));
    Files.delete(folder.resolve("a.yml"));
    targets();
  }

  @Test
  void whatIsNoFileIsSaid() throws Exception {
    Files.createDirectory(folder.resolve("a.yml"));
    Files.createSymbolicLink(folder.resolve("b.yml"), Path.of("nowhere"));
    Files.write(folder.resolve("c.yml"), new byte[16 * 1024 * 1024 + 1]);
    start("1h", "*.yml");
    // Each is said once it has lasted for a while, which they need not reach at the same look.
    heard.await(
        "all problems",
        SOON,
        h ->
            !h.problems().isEmpty()
                && Stream.of("a.yml", "b.yml", "c.yml")
                    .allMatch(file -> h.problems().getLast().contains(file)));
    assertThat(heard.problems().getLast())
        .contains(
            "a.yml: cannot be read: it is a folder, not a file",
            "b.yml: cannot be read: it is a link to a file that does not exist",
            "c.yml: cannot be read: it is larger than 16 MiB; divide it into several");
  }

  @Test
  void namesBeyondAsciiAreFilesLikeOthers() throws Exception {
    write("Zürich 東京 🎯.yml", "- targets: [z:1]\n");
    start("1h", "Z?rich*.yml");
    targets("z:1");
    assertThat(heard.groups()).containsKey(folder + "/Zürich 東京 🎯.yml:0");
  }

  @Test
  void theTimeOfEachFileIsAMetricWhileItIsThere() throws Exception {
    write("a.yml", "- targets: [a:1]\n");
    Files.setLastModifiedTime(folder.resolve("a.yml"), FileTime.fromMillis(1_700_000_000_999L));
    String series = "prometheus_sd_file_mtime_seconds{" + folder + "/a.yml}";
    start("1h", "*.yml");
    targets("a:1");
    assertThat(runtime.value(series)).isEqualTo(1_700_000_000);
    Files.delete(folder.resolve("a.yml"));
    targets();
    assertThat(runtime.value(series)).isNaN();
  }

  @Test
  void tenThousandTargetsAreFoundQuickly() throws Exception {
    String all =
        IntStream.range(0, 10_000)
            .mapToObj("\"host-%d:9100\""::formatted)
            .collect(Collectors.joining(","));
    write("a.json", "[{\"targets\": [" + all + "]}]");
    long begin = System.nanoTime();
    start("1h", "*.json");
    heard.await(
        "all targets",
        SOON,
        h -> h.groups().values().stream().anyMatch(g -> g.targets().size() == 10_000));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void manyDiscoveriesShareTheirThreadsAndALateOneStillWorks() throws Exception {
    FileDiscoveryFactory factory = new FileDiscoveryFactory(runtime, runtime);
    List<Discovery> many = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Discovery discovery = discovery(factory, "1h", "*.yml");
      discovery.start(new HeardGroups());
      many.add(discovery);
    }
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("file-test/")))
        .hasSizeLessThanOrEqualTo(2);
    many.forEach(Discovery::close);
    assertThat(factory.watched()).isZero();
    discovery(factory, "1h", "*.yml").start(heard);
    targets();
    write("a.yml", "- targets: [a:1]\n");
    targets("a:1");
  }

  @Test
  void afterClosingNothingIsHeardAndMetricsAreForgotten() throws Exception {
    write("a.yml", "- targets: [a:1]\n");
    FileDiscoveryFactory factory = new FileDiscoveryFactory(runtime, runtime);
    HeardGroups closed = new HeardGroups();
    Discovery discovery = discovery(factory, "1h", "*.yml");
    discovery.start(closed);
    closed.await("a target", SOON, h -> !h.groups().isEmpty());
    discovery.close();
    int calls = closed.calls();
    assertThat(runtime.value("prometheus_sd_file_mtime_seconds{" + folder + "/a.yml}")).isNaN();
    discovery(factory, "1h", "*.yml").start(heard);
    targets("a:1");
    write("a.yml", "- targets: [a:1, a:2]\n");
    targets("a:1", "a:2");
    assertThat(closed.calls()).isEqualTo(calls);
  }

  private void start(String interval, String... files) {
    discovery(new FileDiscoveryFactory(runtime, runtime), interval, files).start(heard);
    afterTheSecondLook();
  }

  /** The second look follows the beginning of the watch; after it only the watch brings another. */
  private void afterTheSecondLook() {
    long end = System.nanoTime() + SOON.toNanos();
    while (runtime.value("prometheus_sd_file_scan_duration_seconds_count") < 2) {
      assertThat(System.nanoTime() - end)
          .as("time after which there is no second look")
          .isNegative();
      Thread.onSpinWait();
    }
  }

  private Discovery discovery(FileDiscoveryFactory factory, String interval, String... files) {
    return factory.create(
        new Section(
            "file_sd_configs[0]",
            SectionNodes.of(Map.of("files", List.of(files), "refresh_interval", interval)),
            folder,
            new ArrayList<>()));
  }

  private void targets(String... addresses) throws InterruptedException {
    Set<String> expected = Set.of(addresses);
    heard.await(
        "the targets " + expected, SOON, h -> h.updates() > 0 && current().equals(expected));
  }

  private Set<String> current() {
    return heard.groups().values().stream()
        .flatMap(group -> group.targets().stream())
        .map(target -> target.get("__address__"))
        .collect(Collectors.toSet());
  }

  private static String yaml(String... targets) {
    return Stream.of(targets).map("- targets: [\"%s\"]\n"::formatted).reduce("", String::concat);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(FileNames.path(folder + "/" + name), content);
  }

  private void configMap(String version, String content) throws IOException {
    Path made = Files.createDirectory(folder.resolve(version));
    Files.writeString(made.resolve("a.yml"), content);
  }

  private static void deleteFolder(Path path) throws IOException {
    try (Stream<Path> all = Files.list(path)) {
      for (Path file : all.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(path);
  }
}
