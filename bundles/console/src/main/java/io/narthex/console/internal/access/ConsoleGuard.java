package io.narthex.console.internal.access;

import io.narthex.api.time.Clock;
import io.narthex.console.internal.audit.AuditLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.jspecify.annotations.Nullable;

/**
 * Asked by the web console before it serves a request: lets in who is in the users file, refuses
 * what another site made a browser send, and notes every action before it is done. Refusals are for
 * the server's log only.
 */
public final class ConsoleGuard implements SecurityProvider {
  /** The name by which the web console waits for this one, and serves nobody before. */
  public static final String ID = "io.narthex.console";

  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final String FORM = "application/x-www-form-urlencoded";

  private final ConsoleUsers users;
  private final AuditLog audit;
  private final Refusals refusals;
  private final String host;

  /**
   * A guard that knows these users.
   *
   * @param host the name or address at which the console listens, without brackets
   */
  public ConsoleGuard(ConsoleUsers users, AuditLog audit, Clock clock, String host) {
    this.users = users;
    this.audit = audit;
    this.refusals = new Refusals(clock);
    this.host = host;
  }

  @Override
  public @Nullable Object authenticate(HttpServletRequest request, HttpServletResponse response) {
    // A page of somebody else could show ours in a frame, and have a user click in it.
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Content-Security-Policy", "frame-ancestors 'none'");
    RequestOrigin origin =
        new RequestOrigin(
            request.getHeader("Host"),
            request.getHeader("Origin"),
            request.getHeader("Referer"),
            request.getHeader("Sec-Fetch-Site"));
    boolean reads = READS.contains(request.getMethod());
    if (!origin.names(host) || (!reads && !origin.isOwn())) {
      refused("-", request, "it was sent by another site");
      answer(response, HttpServletResponse.SC_FORBIDDEN, "This request comes from another site.");
      return null;
    }
    Optional<Credentials> credentials = Credentials.of(request.getHeader("Authorization"));
    if (credentials.isEmpty() || !credentials.get().areOf(users)) {
      credentials.ifPresent(
          wrong -> refused(wrong.name(), request, "the name or the password is wrong"));
      response.setHeader("WWW-Authenticate", "Basic realm=\"Narthex console\", charset=\"UTF-8\"");
      answer(response, HttpServletResponse.SC_UNAUTHORIZED, "Name and password, please.");
      return null;
    }
    if (!reads && !note(credentials.get().name(), request)) {
      answer(
          response,
          HttpServletResponse.SC_SERVICE_UNAVAILABLE,
          "The audit log cannot be written, so nothing can be done here.");
      return null;
    }
    return credentials.get().name();
  }

  @Override
  public boolean authorize(Object user, String role) {
    return true;
  }

  @Override
  public void logout(HttpServletRequest request, HttpServletResponse response) {
    answer(response, HttpServletResponse.SC_UNAUTHORIZED, "Close the browser to be logged out.");
  }

  private void refused(String user, HttpServletRequest request, String why) {
    refusals.note(user, request.getRemoteAddr(), request.getMethod(), request.getRequestURI(), why);
  }

  private boolean note(String user, HttpServletRequest request) {
    String type = request.getContentType();
    String action = type != null && type.startsWith(FORM) ? request.getParameter("action") : type;
    return audit.note(
        new AuditLog.Entry(
            user,
            request.getRemoteAddr(),
            request.getMethod(),
            request.getRequestURI(),
            action == null ? "" : action,
            "allowed"));
  }

  private static void answer(HttpServletResponse response, int status, String text) {
    try {
      response.setStatus(status);
      response.setContentType("text/plain; charset=utf-8");
      response.getWriter().println(text);
      response.flushBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a basic authorization says. */
  private record Credentials(String name, String password) {
    private static final String SCHEME = "Basic ";

    static Optional<Credentials> of(@Nullable String header) {
      if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
        return Optional.empty();
      }
      try {
        byte[] decoded = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
        String text = new String(decoded, StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        return colon < 0
            ? Optional.empty()
            : Optional.of(new Credentials(text.substring(0, colon), text.substring(colon + 1)));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    boolean areOf(ConsoleUsers users) {
      return users.accepts(name, password);
    }
  }
}
