package io.narthex.itests;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * A server whose paths misbehave, each in its own way. {@code main} runs it alone, to see what
 * another server says about it.
 */
final class BadTargets implements AutoCloseable {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\n";

  /** What a path does with a connection after the request. */
  @FunctionalInterface
  private interface Behaviour {
    void answer(Socket socket, OutputStream out) throws IOException, InterruptedException;
  }

  private static final byte[] BOMB = bomb();
  private static final Map<String, Behaviour> BEHAVIOURS = behaviours();

  private final ServerSocket listening;

  BadTargets() throws IOException {
    this(0);
  }

  private BadTargets(int port) throws IOException {
    listening = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  /** Serves on the port that is given. */
  public static void main(String[] arguments) throws Exception {
    try (BadTargets targets = new BadTargets(Integer.parseInt(arguments[0]))) {
      System.out.println(String.join(" ", paths()) + " on port " + targets.port());
      Thread.currentThread().join();
    }
  }

  static Iterable<String> paths() {
    return BEHAVIOURS.keySet();
  }

  int port() {
    return listening.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void serve(Socket socket) {
    try (socket;
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      for (String path = path(reader); path != null; path = path(reader)) {
        Behaviour behaviour = BEHAVIOURS.get(path);
        if (behaviour == null) {
          throw new IOException("no behaviour " + path);
        }
        behaviour.answer(socket, socket.getOutputStream());
      }
    } catch (IOException | InterruptedException e) {
      // The other side gave up, as it should.
    }
  }

  private static String path(BufferedReader reader) throws IOException {
    String first = reader.readLine();
    for (String line = first; line != null && !line.isEmpty(); ) {
      line = reader.readLine();
    }
    return first == null || first.isEmpty() ? null : first.split(" ")[1].substring(1);
  }

  private static Map<String, Behaviour> behaviours() {
    Map<String, Behaviour> all = new TreeMap<>();
    all.put("good", (socket, out) -> send(out, length("good 1\n")));
    all.put(
        "good-chunked",
        (socket, out) ->
            send(
                out, OK + "Transfer-Encoding: chunked\r\n\r\n3\r\ngoo\r\n4\r\nd 1\n\r\n0\r\n\r\n"));
    all.put("good-until-close", (socket, out) -> finish(socket, out, OK + "\r\ngood 1\n"));
    all.put(
        "http-1-0",
        (socket, out) -> finish(socket, out, OK.replace("1.1", "1.0") + "\r\ngood 1\n"));
    all.put("slow-head", (socket, out) -> drip(out, OK, 300));
    all.put("hanging", (socket, out) -> Thread.sleep(60_000));
    all.put("hanging-body", BadTargets::hangInBody);
    all.put("slow-body", (socket, out) -> slowBody(out));
    all.put("endless", (socket, out) -> endless(out, ""));
    all.put("gzip-bomb", (socket, out) -> sendGzip(out, BOMB));
    all.put(
        "gzip-broken",
        (socket, out) -> sendGzip(out, "this is no gzip".getBytes(StandardCharsets.US_ASCII)));
    all.put(
        "gzip-cut",
        (socket, out) ->
            sendGzip(out, Arrays.copyOf(gzip("good 1\n".getBytes(StandardCharsets.US_ASCII)), 15)));
    all.put("half-closing", (socket, out) -> halfClose(socket, out));
    all.put(
        "length-too-long",
        (socket, out) -> finish(socket, out, OK + "Content-Length: 999\r\n\r\ngood 1\n"));
    all.put(
        "length-too-short",
        (socket, out) -> finish(socket, out, OK + "Content-Length: 3\r\n\r\ngood 1\n"));
    all.put(
        "length-negative",
        (socket, out) -> finish(socket, out, OK + "Content-Length: -7\r\n\r\ngood 1\n"));
    all.put(
        "chunk-garbage",
        (socket, out) ->
            finish(socket, out, OK + "Transfer-Encoding: chunked\r\n\r\nzz\r\ngood 1\n"));
    all.put(
        "chunk-cut",
        (socket, out) -> finish(socket, out, OK + "Transfer-Encoding: chunked\r\n\r\n7\r\ngoo"));
    all.put(
        "invalid-utf8",
        (socket, out) ->
            sendBytes(out, "good{a=\"\u00ff\"} 1\n".getBytes(StandardCharsets.ISO_8859_1)));
    all.put(
        "line-of-10-mb",
        (socket, out) ->
            sendBytes(
                out,
                ("good{a=\"" + "x".repeat(10 << 20) + "\"} 1\n")
                    .getBytes(StandardCharsets.US_ASCII)));
    all.put("garbage", (socket, out) -> finish(socket, out, "garbage\r\n\r\n"));
    all.put("closes", (socket, out) -> socket.close());
    all.put("resets", BadTargets::reset);
    all.put(
        "status-404",
        (socket, out) -> send(out, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
    all.put(
        "status-500",
        (socket, out) ->
            send(out, "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 3\r\n\r\nno\n"));
    all.put("status-204", (socket, out) -> send(out, "HTTP/1.1 204 No Content\r\n\r\n"));
    all.put(
        "no-type",
        (socket, out) -> send(out, "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\ngood 1\n"));
    all.put(
        "redirect-loop",
        (socket, out) ->
            send(
                out,
                "HTTP/1.1 302 Found\r\nLocation: /redirect-loop\r\nContent-Length: 0\r\n\r\n"));
    all.put(
        "redirect",
        (socket, out) ->
            send(out, "HTTP/1.1 302 Found\r\nLocation: /good\r\nContent-Length: 0\r\n\r\n"));
    all.put("parse-error", (socket, out) -> send(out, length("good 1\nbad bad bad\n")));
    return all;
  }

  private static String length(String body) {
    return OK + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body);
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void sendBytes(OutputStream out, byte[] body) throws IOException {
    send(out, OK + "Content-Length: %d\r\n\r\n".formatted(body.length));
    out.write(body);
    out.flush();
  }

  private static void sendGzip(OutputStream out, byte[] body) throws IOException {
    send(out, OK + "Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n".formatted(body.length));
    out.write(body);
    out.flush();
  }

  private static void finish(Socket socket, OutputStream out, String text) throws IOException {
    send(out, text);
    socket.close();
  }

  private static void reset(Socket socket, OutputStream out) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void hangInBody(Socket socket, OutputStream out)
      throws IOException, InterruptedException {
    send(out, OK + "Content-Length: 100\r\n\r\ngood 1\n");
    Thread.sleep(60_000);
  }

  private static void halfClose(Socket socket, OutputStream out)
      throws IOException, InterruptedException {
    send(out, OK + "Content-Length: 100\r\n\r\ngood 1\n");
    socket.shutdownOutput();
    Thread.sleep(60_000);
  }

  private static void drip(OutputStream out, String text, long millis)
      throws IOException, InterruptedException {
    for (char c : text.toCharArray()) {
      send(out, String.valueOf(c));
      Thread.sleep(millis);
    }
  }

  private static void slowBody(OutputStream out) throws IOException, InterruptedException {
    send(out, OK + "Content-Length: 1000\r\n\r\n");
    drip(out, "good 1\n".repeat(100), 100);
  }

  private static void endless(OutputStream out, String head) throws IOException {
    send(out, OK + head + "\r\n");
    byte[] lines = "good 1\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
    while (true) {
      out.write(lines);
    }
  }

  /** A quarter of a gigabyte of one letter in a quarter of a megabyte. */
  private static byte[] bomb() {
    byte[] piece = new byte[1 << 20];
    Arrays.fill(piece, (byte) 'a');
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < 256; i++) {
        gzip.write(piece);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text);
    }
    return bytes.toByteArray();
  }
}
