package io.narthex.http.client.internal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A server on the loopback interface that does with each connection what a test says. */
public final class RawServer implements AutoCloseable {
  private final ServerSocket listening;
  private final Handler handler;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  /** The heads of the requests that came. */
  public final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

  /** Serves one connection; when it returns, the connection is closed. */
  @FunctionalInterface
  public interface Handler {
    void serve(Connection connection) throws IOException;
  }

  /** One connection. */
  public final class Connection {
    public final Socket socket;
    public final InputStream in;
    public final OutputStream out;
    public final int number;

    Connection(Socket socket, int number) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
      this.number = number;
    }

    /** Reads a request with its body; "" at the end. */
    public String request() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          return "";
        }
        head.write(next);
      }
      String text = head.toString(StandardCharsets.ISO_8859_1);
      for (String line : text.split("\r\n")) {
        if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
          text +=
              new String(
                  in.readNBytes(Integer.parseInt(line.substring(15).strip())),
                  StandardCharsets.UTF_8);
        }
      }
      requests.add(text);
      return text;
    }

    public void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /** Puts something among the requests. */
    public void note(String text) {
      requests.add(text);
    }

    /** Until the client closes. */
    public void hang() throws IOException {
      in.transferTo(OutputStream.nullOutputStream());
    }

    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
    }
  }

  public RawServer(Handler handler) throws IOException {
    this(ServerSocketFactory.getDefault(), handler);
  }

  public RawServer(ServerSocketFactory factory, Handler handler) throws IOException {
    this.listening = factory.createServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    this.handler = handler;
    Thread.ofPlatform().daemon().start(this::accept);
  }

  /** A server that follows the steps of the corpus. */
  public static RawServer following(List<String> steps) throws IOException {
    return new RawServer(connection -> follow(connection, steps));
  }

  /** A server that gives every request the same answer and keeps connections. */
  public static RawServer answering(String answer) throws IOException {
    return new RawServer(
        connection -> {
          while (!connection.request().isEmpty()) {
            connection.send(answer);
          }
        });
  }

  private static void follow(Connection connection, List<String> steps) throws IOException {
    if (!steps.getFirst().equals("noread")) {
      connection.request();
    }
    for (String step : steps) {
      String[] parts = step.split(":", 2);
      switch (parts[0]) {
        case "noread" -> {}
        case "send" -> connection.send(unescaped(parts[1]));
        case "repeat" -> {
          String[] times = parts[1].split(":", 2);
          connection.send(unescaped(times[1]).repeat(Integer.parseInt(times[0])));
        }
        case "endless" -> {
          String piece = unescaped(parts[1]).repeat(1000);
          while (true) {
            connection.send(piece);
          }
        }
        case "hang" -> connection.hang();
        case "fin" -> {
          connection.socket.shutdownOutput();
          connection.hang();
        }
        case "reset" -> connection.reset();
        case "close" -> {
          return;
        }
        default -> throw new IllegalArgumentException(step);
      }
    }
  }

  static String unescaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      i++;
      switch (text.charAt(i)) {
        case 'r' -> out.append('\r');
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'x' -> {
          out.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> throw new IllegalArgumentException(text);
      }
    }
    return out.toString();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        open.add(socket);
        int number = accepted.incrementAndGet();
        Thread.ofPlatform().daemon().start(() -> serve(socket, number));
      }
    } catch (IOException e) {
      close();
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      handler.serve(new Connection(socket, number));
    } catch (IOException e) {
      // The client has gone: part of many tests.
      open.remove(socket);
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  public String address() {
    return "127.0.0.1:" + port();
  }

  public int accepted() {
    return accepted.get();
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
