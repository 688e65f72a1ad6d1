package io.narthex.scrape.internal.plain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that does with each connection what the test says, good or bad. */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket listening;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /** What is done with a connection. */
  @FunctionalInterface
  interface Script {
    void run(Connection connection) throws IOException;
  }

  /** A connection of a client. */
  record Connection(Socket socket, BufferedReader reader, int number) {
    /** Reads a request and gives its lines; empty at the end. */
    List<String> request() throws IOException {
      List<String> lines = new ArrayList<>();
      for (String line = reader.readLine();
          line != null && !line.isEmpty();
          line = reader.readLine()) {
        lines.add(line);
      }
      return lines;
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void ok(String body) throws IOException {
      send("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body));
    }

    /** Closes so that the client sees a reset. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  ScriptedServer(Script script) throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(script));
  }

  private void accept(Script script) {
    for (int number = 1; !listening.isClosed(); number++) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        Connection connection = new Connection(socket, reader, number);
        Thread.ofVirtual().start(() -> serve(script, connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void serve(Script script, Connection connection) {
    try (Socket socket = connection.socket()) {
      script.run(connection);
    } catch (IOException e) {
      // The client has gone, which some tests want.
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
