package io.narthex.notifier.email.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A small SMTP server that remembers the mails it took, and can be made to misbehave. */
final class SmtpServer implements AutoCloseable {
  static final String USER = "monitor";
  static final String PASSWORD = "pass word";

  /** What a client says; a connection has a state by it. */
  enum Verb {
    GREETING,
    EHLO,
    HELO,
    STARTTLS,
    AUTH,
    MAIL,
    RCPT,
    DATA,
    BODY
  }

  /** A mail, and how it came. */
  record Mail(
      String from, List<String> to, String content, boolean tls, String auth, String clientName) {
    /** The header's value, unfolded; {@code ""} without one. */
    String header(String name) {
      String head = content.substring(0, content.indexOf("\r\n\r\n")).replaceAll("\r\n[ \t]+", " ");
      return head.lines()
          .filter(line -> line.startsWith(name + ": "))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("");
    }
  }

  final List<Mail> mails = new CopyOnWriteArrayList<>();
  final List<String> commands = new CopyOnWriteArrayList<>();
  final Map<Verb, String> answers = new ConcurrentHashMap<>();
  final Set<Verb> hanging = ConcurrentHashMap.newKeySet();
  final Set<Verb> hangingUp = ConcurrentHashMap.newKeySet();
  final CountDownLatch hangs = new CountDownLatch(1);

  /** Greetings wait for it. */
  volatile CountDownLatch slow = new CountDownLatch(0);

  /** Somebody waits for a greeting. */
  final CountDownLatch slowed = new CountDownLatch(1);

  volatile List<String> extensions = List.of("PIPELINING", "SIZE 10240000");
  volatile boolean clientMustShowCertificate;

  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ServerSocket listener;
  private final SSLContext context;
  private final boolean implicit;

  SmtpServer(SSLContext context, boolean implicit) throws IOException {
    this(context, implicit, "127.0.0.1");
  }

  private SmtpServer(SSLContext context, boolean implicit, String address) throws IOException {
    this.context = context;
    this.implicit = implicit;
    this.listener = new ServerSocket(0, 50, InetAddress.getByName(address));
    start(this::accept);
  }

  static SmtpServer plain() throws IOException {
    return new SmtpServer(null, false);
  }

  /** On an address that is this machine's, but that nobody would take for it. */
  static SmtpServer elsewhere() throws IOException {
    return new SmtpServer(null, false, "127.0.0.2");
  }

  int port() {
    return listener.getLocalPort();
  }

  private static void start(Runnable body) {
    Thread thread = new Thread(body, "smtp-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        start(() -> new Conversation(socket).run());
      } catch (IOException e) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    end.countDown();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private final class Conversation {
    private Socket socket;
    private BufferedReader in;
    private OutputStream out;
    private boolean tls;
    private String auth = "";
    private String clientName = "";
    private String from = "";
    private final List<String> to = new ArrayList<>();

    Conversation(Socket socket) {
      this.socket = socket;
    }

    void run() {
      try (Socket first = socket) {
        if (implicit) {
          secure();
        }
        open();
        slowed.countDown();
        await(slow);
        if (answer(Verb.GREETING, "220 test ESMTP")) {
          converse();
        }
      } catch (IOException e) {
        // The client is gone, which is one of the things tested.
        hangs.countDown();
      }
    }

    private void open() throws IOException {
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      out = socket.getOutputStream();
    }

    private void secure() throws IOException {
      SSLSocketFactory factory = context.getSocketFactory();
      SSLSocket secure = (SSLSocket) factory.createSocket(socket, null, socket.getPort(), true);
      secure.setUseClientMode(false);
      secure.setNeedClientAuth(clientMustShowCertificate);
      secure.startHandshake();
      socket = secure;
      tls = true;
    }

    private void await(CountDownLatch latch) {
      try {
        latch.await(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Whether the conversation goes on as usual. */
    private boolean answer(Verb verb, String usual) throws IOException {
      if (hanging.contains(verb)) {
        hangs.countDown();
        await(end);
        throw new IOException("done hanging");
      }
      if (hangingUp.contains(verb)) {
        throw new IOException("hanging up");
      }
      String answer = answers.getOrDefault(verb, usual);
      say(answer);
      return answer.equals(usual);
    }

    private void say(String lines) throws IOException {
      out.write((lines.replace("\n", "\r\n") + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    private void converse() throws IOException {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        commands.add(line);
        String verb = line.replaceAll("[ :].*", "").toUpperCase(Locale.ROOT);
        switch (verb) {
          case "EHLO" -> {
            clientName = line.substring(5);
            answer(Verb.EHLO, hello());
          }
          case "HELO" -> answer(Verb.HELO, "250 test");
          case "STARTTLS" -> {
            if (answer(Verb.STARTTLS, "220 go")) {
              secure();
              open();
            }
          }
          case "AUTH" -> authenticate(line.substring(5).split(" "));
          case "MAIL" -> {
            from = line.replaceAll("^.*<(.*)>.*$", "$1");
            to.clear();
            answer(Verb.MAIL, "250 ok");
          }
          case "RCPT" -> {
            to.add(line.replaceAll("^.*<(.*)>.*$", "$1"));
            answer(Verb.RCPT, "250 ok");
          }
          case "DATA" -> data();
          case "RSET" -> say("250 ok");
          case "QUIT" -> {
            say("221 bye");
            return;
          }
          default -> say("500 what?");
        }
      }
    }

    private String hello() {
      List<String> lines = new ArrayList<>();
      lines.add("test greets");
      for (String extension : extensions) {
        if (!(tls && extension.equals("STARTTLS"))) {
          lines.add(extension);
        }
      }
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < lines.size(); i++) {
        boolean last = i == lines.size() - 1;
        text.append("250").append(last ? " " : "-").append(lines.get(i)).append(last ? "" : "\n");
      }
      return text.toString();
    }

    private void authenticate(String[] words) throws IOException {
      boolean right =
          switch (words[0]) {
            case "PLAIN" -> decoded(words[1]).matches("(?s)[^\0]*\0" + USER + "\0" + PASSWORD);
            case "LOGIN" -> asked("Username:").equals(USER) & asked("Password:").equals(PASSWORD);
            case "CRAM-MD5" -> asked("<1.2@test>").equals(USER + " " + digest("<1.2@test>"));
            default -> throw new IOException("no mechanism " + words[0]);
          };
      if (right) {
        auth = words[0];
        answer(Verb.AUTH, "235 welcome");
      } else {
        say("535 5.7.8 no such user");
      }
    }

    private String asked(String challenge) throws IOException {
      say("334 " + Base64.getEncoder().encodeToString(challenge.getBytes(StandardCharsets.UTF_8)));
      String answer = in.readLine();
      commands.add(answer);
      return decoded(answer);
    }

    private String decoded(String text) {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    private String digest(String challenge) {
      try {
        Mac mac = Mac.getInstance("HmacMD5");
        mac.init(new SecretKeySpec(PASSWORD.getBytes(StandardCharsets.UTF_8), "HmacMD5"));
        return HexFormat.of().formatHex(mac.doFinal(challenge.getBytes(StandardCharsets.UTF_8)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    private void data() throws IOException {
      if (!answer(Verb.DATA, "354 go")) {
        return;
      }
      StringBuilder content = new StringBuilder();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals(".")) {
          if (!answers.containsKey(Verb.BODY)
              && !hanging.contains(Verb.BODY)
              && !hangingUp.contains(Verb.BODY)) {
            mails.add(new Mail(from, List.copyOf(to), content.toString(), tls, auth, clientName));
          }
          answer(Verb.BODY, "250 taken");
          return;
        }
        content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
      }
      throw new IOException("cut");
    }
  }
}
