package io.narthex.http.client.internal.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Compares a certificate's names with the host that was asked for, by Go's rules. */
final class CertificateNames {
  private static final int DNS = 2;
  private static final int ADDRESS = 7;
  private static final int MOST_NAMES_SHOWN = 100;
  private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private CertificateNames() {}

  /**
   * What is wrong.
   *
   * @param host a name or an address, without brackets
   * @return empty if the certificate is for the host
   */
  static Optional<String> mismatch(X509Certificate certificate, String host) {
    List<String> names = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    boolean any = collect(certificate, names, addresses);
    Optional<InetAddress> address = address(host);
    if (address.isPresent()) {
      return matchesAddress(addresses, address.get())
          ? Optional.empty()
          : Optional.of(wrongAddress(addresses, host));
    }
    if (names.stream().anyMatch(name -> matches(name, host))) {
      return Optional.empty();
    }
    if (!any && matches(commonName(certificate), host)) {
      return Optional.of("x509: certificate relies on legacy Common Name field, use SANs instead");
    }
    return Optional.of(wrongName(names, host));
  }

  private static boolean collect(
      X509Certificate certificate, List<String> names, List<String> addresses) {
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      if (all == null) {
        return false;
      }
      for (List<?> entry : all) {
        if (entry.get(0).equals(DNS)) {
          names.add(String.valueOf(entry.get(1)));
        } else if (entry.get(0).equals(ADDRESS)) {
          addresses.add(String.valueOf(entry.get(1)));
        }
      }
      return true;
    } catch (CertificateParsingException e) {
      return true;
    }
  }

  private static boolean matchesAddress(List<String> addresses, InetAddress wanted) {
    return addresses.stream().anyMatch(text -> address(text).filter(wanted::equals).isPresent());
  }

  private static String wrongAddress(List<String> addresses, String host) {
    if (addresses.isEmpty()) {
      return ("x509: cannot validate certificate for %s because it doesn't contain any IP SANs")
          .formatted(host);
    }
    return addresses.size() >= MOST_NAMES_SHOWN
        ? "x509: certificate is valid for %d IP SANs, but none matched %s"
            .formatted(addresses.size(), host)
        : "x509: certificate is valid for %s, not %s".formatted(String.join(", ", addresses), host);
  }

  private static String wrongName(List<String> names, String host) {
    if (names.isEmpty()) {
      return "x509: certificate is not valid for any names, but wanted to match " + host;
    }
    return names.size() >= MOST_NAMES_SHOWN
        ? "x509: certificate is valid for %d names, but none matched %s"
            .formatted(names.size(), host)
        : "x509: certificate is valid for %s, not %s".formatted(String.join(", ", names), host);
  }

  /** A star stands for one whole label, the first. */
  private static boolean matches(String pattern, String host) {
    String wanted = withoutDot(host).toLowerCase(Locale.ROOT);
    String given = withoutDot(pattern).toLowerCase(Locale.ROOT);
    if (wanted.isEmpty() || given.isEmpty()) {
      return false;
    }
    if (given.startsWith("*.")) {
      int dot = wanted.indexOf('.');
      return dot > 0 && wanted.substring(dot).equals(given.substring(1));
    }
    return given.equals(wanted);
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static String commonName(X509Certificate certificate) {
    try {
      for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (rdn.getType().equalsIgnoreCase("CN")) {
          return String.valueOf(rdn.getValue());
        }
      }
      return "";
    } catch (InvalidNameException e) {
      return "";
    }
  }

  /** The address, if the text is one; names are never looked up. */
  private static Optional<InetAddress> address(String text) {
    if (!V4.matcher(text).matches() && text.indexOf(':') < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether the text is an address and not a name. */
  static boolean isAddress(String host) {
    return address(host).isPresent();
  }
}
