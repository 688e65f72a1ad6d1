package io.narthex.pushgateway.internal.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Reads {@code pushes.txt}, which explains its own syntax. */
final class PushCases {
  static final String FILE = "pushes.txt";

  private static final String PROTOBUF =
      "Content-Type: application/vnd.google.protobuf;"
          + " proto=io.prometheus.client.MetricFamily; encoding=delimited";

  /** Requests for a gateway without groups. */
  record Scenario(String name, List<Request> requests) {}

  /** One request; the path is without a mount. */
  record Request(String method, String path, List<String> headers, byte[] body) {}

  /** A request whose lines are being read. */
  private static final class Draft {
    final String method;
    final String path;
    final List<String> headers = new ArrayList<>();
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean gzip;

    Draft(String line) {
      int space = line.indexOf(' ');
      method = line.substring(0, space);
      path = line.substring(space + 1);
    }

    void header(String text) {
      switch (text) {
        case "proto" -> headers.add(PROTOBUF);
        case "gzip" -> gzip = true;
        default -> headers.add(text);
      }
    }

    Request build() {
      byte[] bytes = body.toByteArray();
      return new Request(method, path, List.copyOf(headers), gzip ? gzip(bytes) : bytes);
    }
  }

  private PushCases() {}

  static List<Scenario> all() {
    List<Scenario> scenarios = new ArrayList<>();
    List<Draft> drafts = new ArrayList<>();
    String name = "";
    for (String line : resource(FILE).lines().toList()) {
      if (line.isEmpty() || line.startsWith(";")) {
        continue;
      }
      if (line.startsWith("== ") || line.startsWith("! ")) {
        finish(scenarios, name, drafts);
        name = line.startsWith("== ") ? line.substring(3) : line;
        if (line.startsWith("! ")) {
          Draft draft = new Draft("PUT /metrics/job/bad");
          draft.body.writeBytes(unescaped(line.substring(2)));
          drafts.add(draft);
        }
      } else if (Character.isUpperCase(line.charAt(0))) {
        drafts.add(new Draft(line));
      } else {
        add(drafts.getLast(), line);
      }
    }
    finish(scenarios, name, drafts);
    return scenarios;
  }

  private static void finish(List<Scenario> scenarios, String name, List<Draft> drafts) {
    if (!drafts.isEmpty()) {
      scenarios.add(new Scenario(name, drafts.stream().map(Draft::build).toList()));
      drafts.clear();
    }
  }

  private static void add(Draft draft, String line) {
    String rest = line.length() > 2 ? line.substring(2) : "";
    switch (line.charAt(0)) {
      case '>' -> draft.header(rest);
      case '|' -> {
        boolean open = line.startsWith("|-");
        draft.body.writeBytes(unescaped(open ? line.substring(3) : rest));
        if (!open) {
          draft.body.write('\n');
        }
      }
      case '%' -> draft.body.writeBytes(WireText.delimited(rest));
      case '&' -> draft.body.writeBytes(HexFormat.of().parseHex(rest));
      default -> throw new IllegalArgumentException(line);
    }
  }

  private static byte[] unescaped(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '^') {
        int end = text.indexOf('^', i);
        String plain = text.substring(i, end < 0 ? text.length() : end);
        out.writeBytes(plain.getBytes(StandardCharsets.UTF_8));
        i += plain.length() - 1;
        continue;
      }
      i++;
      switch (text.charAt(i)) {
        case 'n' -> out.write('\n');
        case 't' -> out.write('\t');
        case 'r' -> out.write('\r');
        case '^' -> out.write('^');
        case 'x' -> {
          out.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> throw new IllegalArgumentException(text);
      }
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static String resource(String file) {
    try (InputStream in = PushCases.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
