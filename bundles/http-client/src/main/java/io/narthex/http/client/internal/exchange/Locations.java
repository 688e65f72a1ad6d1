package io.narthex.http.client.internal.exchange;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in Go's words why the place where a redirect leads cannot be understood. */
final class Locations {
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:");
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2}).{0,2}");

  /** In a host only what is not ASCII may be escaped. */
  private static final Pattern BAD_HOST_ESCAPE =
      Pattern.compile("%(?![89A-Fa-f][0-9A-Fa-f]).{0,2}");

  private static final Pattern USER = Pattern.compile("[A-Za-z0-9._:~!$&'()*+,;=%@-]*");
  private static final Pattern PORT = Pattern.compile("(:[0-9]*)?");
  private static final Pattern NOT_OF_HOST =
      Pattern.compile("[^A-Za-z0-9._~!$&'()*+,;=:\\[\\]<>\"%\\x{80}-\\x{10FFFF}-]");

  private Locations() {}

  /** What is wrong, or {@code ""} if Go can read it. */
  static String problem(String location) {
    if (location.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      return "net/url: invalid control character in URL";
    }
    int hash = location.indexOf('#');
    String whole = hash < 0 ? location : location.substring(0, hash);
    if (whole.startsWith(":")) {
      return "missing protocol scheme";
    }
    Matcher scheme = SCHEME.matcher(whole);
    boolean absolute = scheme.lookingAt();
    String rest = absolute ? whole.substring(scheme.end()) : whole;
    int query = rest.indexOf('?');
    String path = query < 0 ? rest : rest.substring(0, query);
    String problem = absolute && !path.startsWith("/") ? "" : hierarchy(path, absolute);
    return problem.isEmpty() && hash >= 0
        ? escape(BAD_ESCAPE, location.substring(hash + 1))
        : problem;
  }

  private static String hierarchy(String path, boolean absolute) {
    int colon = path.indexOf(':');
    int slash = path.indexOf('/');
    if (!path.startsWith("/") && colon >= 0 && (slash < 0 || colon < slash)) {
      return "first path segment in URL cannot contain colon";
    }
    if (!path.startsWith("//") || !absolute && path.startsWith("///")) {
      return escape(BAD_ESCAPE, path);
    }
    int end = path.indexOf('/', 2);
    String problem = authority(end < 0 ? path.substring(2) : path.substring(2, end));
    return problem.isEmpty() && end >= 0 ? escape(BAD_ESCAPE, path.substring(end)) : problem;
  }

  private static String authority(String authority) {
    int at = authority.lastIndexOf('@');
    String problem = host(authority.substring(at + 1));
    if (!problem.isEmpty() || at < 0) {
      return problem;
    }
    String user = authority.substring(0, at);
    return USER.matcher(user).matches() ? escape(BAD_ESCAPE, user) : "net/url: invalid userinfo";
  }

  private static String host(String host) {
    boolean literal = host.startsWith("[");
    int end = host.lastIndexOf(']');
    if (literal && end < 0) {
      return "missing ']' in host";
    }
    int colon = literal ? end + 1 : host.lastIndexOf(':');
    String port = colon < 0 ? "" : host.substring(colon);
    if (!PORT.matcher(port).matches()) {
      return "invalid port %s after host".formatted(GoQuote.of(port));
    }
    int zone = literal ? host.indexOf("%25") : -1;
    String name = zone < 0 ? host : host.substring(0, zone);
    String problem = escape(BAD_HOST_ESCAPE, name);
    Matcher bad = NOT_OF_HOST.matcher(name);
    return problem.isEmpty() && bad.find()
        ? "invalid character %s in host name".formatted(GoQuote.of(bad.group()))
        : problem;
  }

  private static String escape(Pattern bad, String text) {
    Matcher found = bad.matcher(text);
    return found.find() ? "invalid URL escape " + GoQuote.of(found.group()) : "";
  }
}
