package io.narthex.console.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.narthex.api.time.Clock;
import io.narthex.console.internal.audit.AuditLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleGuardTest {
  /** A clock that is set by hand. */
  private static final class HandClock implements Clock {
    private long nanos;

    @Override
    public long wallMillis() {
      return nanos / 1_000_000;
    }

    @Override
    public long monotonicNanos() {
      return nanos;
    }
  }

  @TempDir Path folder;
  private final HandClock clock = new HandClock();
  private final Map<String, String> headers = new HashMap<>();
  private String method = "POST";
  private int status;
  private ConsoleGuard guard;

  @BeforeEach
  void start() throws IOException {
    String hash = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, "right".toCharArray());
    Path users = Files.writeString(folder.resolve("users"), "eva:" + hash + "\n");
    AuditLog audit = new AuditLog(folder.resolve("audit"), clock);
    guard = new ConsoleGuard(new ConsoleUsers(users), audit, clock, "127.0.0.2");
    headers.put("Host", "127.0.0.2:9099");
  }

  @Test
  void whatIsAllowedIsNotedInTheFile() throws IOException {
    login("eva", "right");
    assertThat(ask()).isEqualTo("eva");
    assertThat(Files.readString(log())).contains("\"user\":\"eva\"", "\"outcome\":\"allowed\"");
  }

  @Test
  void whoIsRefusedLeavesNothingInTheFile() {
    login("eva", "wrong");
    assertThat(ask()).isNull();
    assertThat(status).isEqualTo(401);
    login("eva", "right");
    headers.put("Origin", "http://evil.example");
    assertThat(ask()).isNull();
    assertThat(status).isEqualTo(403);
    headers.remove("Origin");
    headers.put("Host", "evil.example");
    method = "GET";
    assertThat(ask()).isNull();
    assertThat(status).isEqualTo(403);
    assertThat(log()).doesNotExist();
  }

  @Test
  void refusalsAreSaidOnceASecond() {
    Refusals refusals = new Refusals(clock);
    assertThat(note(refusals)).isTrue();
    for (int i = 0; i < 1_000; i++) {
      assertThat(note(refusals)).isFalse();
    }
    assertThat(refusals.unsaid()).isEqualTo(1_000);
    clock.nanos += TimeUnit.SECONDS.toNanos(1) - 1;
    assertThat(note(refusals)).isFalse();
    clock.nanos++;
    assertThat(note(refusals)).isTrue();
    assertThat(refusals.unsaid()).isZero();
    assertThat(note(refusals)).isFalse();
  }

  private static boolean note(Refusals refusals) {
    return refusals.note("x".repeat(1_000_000), "127.0.0.1", "GET", "/", "no");
  }

  private Path log() {
    return folder.resolve("audit/console.log");
  }

  private void login(String name, String password) {
    byte[] both = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
  }

  private Object ask() {
    status = 0;
    return guard.authenticate(
        fake(
            HttpServletRequest.class,
            (name, argument) ->
                switch (name) {
                  case "getHeader" -> headers.get(argument);
                  case "getMethod" -> method;
                  case "getRemoteAddr" -> "127.0.0.1";
                  case "getRequestURI" -> "/system/console/bundles/7";
                  case "getContentType" -> null;
                  default -> throw new AssertionError(name);
                }),
        fake(
            HttpServletResponse.class,
            (name, argument) ->
                switch (name) {
                  case "setStatus" -> {
                    status = (int) argument;
                    yield null;
                  }
                  case "getWriter" -> new PrintWriter(new StringWriter());
                  case "setHeader", "setContentType", "flushBuffer" -> null;
                  default -> throw new AssertionError(name);
                }));
  }

  @FunctionalInterface
  private interface Answers {
    Object to(String method, Object argument);
  }

  private static <T> T fake(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) ->
                answers.to(called.getName(), arguments == null ? null : arguments[0])));
  }
}
