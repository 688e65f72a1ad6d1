package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Where containers run it: a read-only root, somebody's uid, no capabilities, and a network that is
 * not asked.
 */
class ConfinementIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  @NeedsProgram(
      value = {"unshare", "setpriv", "mount"},
      asRoot = true)
  void runsWithAReadOnlyRootAnyUidNoCapabilitiesAndANoexecTemp() throws Exception {
    Path data = Files.createDirectory(Product.emptyFolder("confined").resolve("data"));
    new ProcessBuilder("chown", "54321:54321", data.toString()).start().waitFor();
    String confine =
        """
        set -e
        mount --make-rprivate /
        mount --bind "$DATA" "$DATA"
        mount -t tmpfs -o noexec,nosuid,nodev,mode=1777 tmpfs /dev/shm
        mount -t tmpfs -o ro,noexec tmpfs /tmp
        mount -o remount,bind,ro /
        if touch /root-is-writable 2>/dev/null; then echo "the root is writable"; exit 9; fi
        exec setpriv --reuid=54321 --regid=54321 --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs "$@"
        """
            .replace("$DATA", data.toString());
    // When the tree itself lies under /tmp, an empty one there would hide it.
    String script =
        Product.HOME.startsWith("/tmp") ? confine.replaceFirst("mount [^\n]* /tmp\n", "") : confine;
    List<String> wrapper = List.of("unshare", "--mount", "sh", "-c", script, "confine");
    try (NarthexProcess narthex =
        NarthexProcess.startOn(Product.freePort(), data, wrapper).ready()) {
      Await.until(
          "a scrape",
          SOON,
          () -> narthex.http().query("up"),
          result -> result.size() == 1 && result.get(0).path("value").path(1).asText().equals("1"));
      assertThat(Files.readString(Path.of("/proc/%d/status".formatted(narthex.pid()))))
          .contains("Uid:\t54321\t54321")
          .contains("CapEff:\t0000000000000000")
          .contains("CapBnd:\t0000000000000000");
      assertThat(narthex.lines())
          .noneMatch(line -> line.contains("level=WARN") || line.contains("level=ERROR"));
      assertThat(narthex.stop()).isZero();
    }
  }

  @Test
  @NeedsProgram(
      value = {"unshare", "nsenter", "strace", "ip", "curl"},
      asRoot = true)
  void connectsToNobodyButItsTargets() throws Exception {
    Path folder = Product.emptyFolder("silent");
    Path trace = folder.resolve("connects");
    String onlyLoopback =
        "ip link set lo up && exec strace -f -qq -e trace=connect,sendto,sendmsg,sendmmsg -o '%s' \"$@\""
            .formatted(trace);
    List<String> wrapper = List.of("unshare", "--net", "sh", "-c", onlyLoopback, "silent");
    int port = Product.freePort();
    try (NarthexProcess narthex = NarthexProcess.startOn(port, folder.resolve("data"), wrapper)) {
      Await.until(
          "a scrape of itself (it printed: %s)".formatted(narthex.lines()),
          Duration.ofSeconds(90),
          () -> inside(narthex.pid(), port, "/api/v1/query?query=up").contains("\"1\"]"));
      // The signal is for the server; strace ends with it.
      ProcessHandle.of(narthex.pid()).orElseThrow().descendants().forEach(ProcessHandle::destroy);
      assertThat(narthex.exitStatus(SOON)).isZero();
    }
    Set<String> peers = new TreeSet<>();
    Matcher address =
        Pattern.compile(
                "sin6?_port=htons\\((\\d+)\\).*?(?:inet_addr\\(\"([^\"]+)\"\\)|inet_pton\\(AF_INET6, \"([^\"]+)\")")
            .matcher(Files.readString(trace));
    while (address.find()) {
      peers.add(
          (address.group(2) == null ? address.group(3) : address.group(2))
              + " "
              + address.group(1));
    }
    // Its own first answer may be counted once by each family's spelling of loopback.
    assertThat(peers).isNotEmpty().isSubsetOf("127.0.0.1 " + port, "::ffff:127.0.0.1 " + port);
  }

  /** Asks from inside the network of the process. */
  private static String inside(long pid, int port, String path) throws Exception {
    Process curl =
        new ProcessBuilder(
                "nsenter",
                "--target",
                Long.toString(pid),
                "--net",
                "curl",
                "-s",
                "http://127.0.0.1:" + port + path)
            .start();
    return new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
