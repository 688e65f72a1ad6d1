package io.narthex.pushgateway.internal.peer;

import io.narthex.pushgateway.internal.peer.PushCases.Request;
import io.narthex.pushgateway.internal.peer.PushCases.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A gateway that answers: ours, or Debian's. */
final class Gateway {
  private static final Pattern COLLISION =
      Pattern.compile(
          "collected (metric|histogram|histogram or summary) named \"(\\w+)\" collides with"
              + " previously collected (metric|histogram|summary) named \"(\\w+)\"");

  private final int port;
  private final String mount;

  /**
   * A gateway of this machine.
   *
   * @param mount what stands before the paths
   */
  Gateway(int port, String mount) {
    this.port = port;
    this.mount = mount;
  }

  /** All answers of a scenario as text. */
  String answers(Scenario scenario) throws IOException {
    RawHttp.send(port, "PUT", mount + "/api/v1/admin/wipe", List.of(), new byte[0]);
    boolean severalGroups = scenario.requests().stream().map(Request::path).distinct().count() > 1;
    StringBuilder text = new StringBuilder();
    int step = 0;
    for (Request request : scenario.requests()) {
      RawHttp.Response response =
          RawHttp.send(
              port, request.method(), mount + request.path(), request.headers(), request.body());
      step++;
      text.append("--- ").append(step).append(' ').append(response.status());
      String location = response.headers().get("location");
      if (location != null) {
        text.append(' ').append(location.substring(mount.length()));
      }
      text.append('\n');
      // The texts of redirections are for people who look at them in a browser.
      if (location == null) {
        normal(response.body(), severalGroups)
            .lines()
            .forEach(line -> text.append("< ").append(line).append('\n'));
      }
      exposed().forEach(line -> text.append("  ").append(line).append('\n'));
    }
    return text.toString();
  }

  /** Without what upstream leaves to chance, and with protobuf's text form of today. */
  private static String normal(String body, boolean severalGroups) {
    String text = body.replace('\u00a0', ' ').replaceAll(" {2,}", " ");
    if (text.startsWith("proto: ")) {
      return "proto: ...";
    }
    if (text.startsWith("unexpected EOF")) {
      return "unexpected EOF";
    }
    if (text.contains("collected metric ")) {
      text = text.replace(":<", ":{").replace(" >", "}").replace("} }", "}}");
    }
    if (severalGroups) {
      // Which of the metrics in conflict is named depends on the order of a Go map.
      text = text.replaceAll("(?m)\\{ .* is not a [A-Z]+$", "has another type");
      text = text.replaceAll("\\w+:\\{value:[-0-9.e+]+\\}\\} was", "value} was");
    }
    text = text.replaceAll("1\\.\\d{5,}e\\+09", "NOW");
    text = COLLISION.matcher(text).replaceAll(match -> collision(match.group(2), match.group(4)));
    return sorted(text);
  }

  private static String collision(String one, String other) {
    boolean inOrder = one.compareTo(other) < 0;
    return "collision of %s and %s".formatted(inOrder ? one : other, inOrder ? other : one);
  }

  /** The first line, and the errors below it in order. */
  private static String sorted(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (lines.size() > 1) {
      lines.subList(1, lines.size()).sort(null);
    }
    return String.join("\n", lines);
  }

  /** The series of pushes with their comments; those of the gateway itself have no job. */
  private List<String> exposed() throws IOException {
    RawHttp.Response page = RawHttp.send(port, "GET", mount + "/metrics", List.of(), new byte[0]);
    if (page.status() != 200) {
      return List.of("status " + page.status());
    }
    List<String> lines = new ArrayList<>();
    List<String> comments = new ArrayList<>();
    boolean afterSample = false;
    for (String line : page.body().lines().toList()) {
      boolean comment = line.startsWith("# ");
      if (comment && line.startsWith("push_", 7)) {
        // The same in every answer, which would be twice as long.
        afterSample = false;
        comments.clear();
        continue;
      }
      if (comment && afterSample) {
        comments.clear();
      }
      if (comment) {
        comments.add(line);
      } else if (line.contains("job=\"")) {
        lines.addAll(comments);
        comments.clear();
        lines.add(time(line));
      }
      afterSample = !comment;
    }
    return lines;
  }

  private static String time(String line) {
    if (!line.startsWith("push_") || line.endsWith(" 0")) {
      return line;
    }
    int space = line.lastIndexOf(' ');
    double seconds = Double.parseDouble(line.substring(space + 1));
    return seconds > 1.5e9 ? line.substring(0, space) + " NOW" : line;
  }
}
