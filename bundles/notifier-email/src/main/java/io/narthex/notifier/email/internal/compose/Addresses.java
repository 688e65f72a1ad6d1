package io.narthex.notifier.email.internal.compose;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads lists of addresses. */
final class Addresses {
  private Addresses() {}

  /**
   * The bare addresses in a list.
   *
   * @param what for the message, {@code from} or {@code to}
   */
  static List<String> parse(String what, String text) throws BadMailException {
    try {
      List<String> addresses = new ArrayList<>();
      for (InternetAddress address : InternetAddress.parse(text, true)) {
        for (InternetAddress member : members(address)) {
          member.validate();
          addresses.add(member.getAddress());
        }
      }
      if (addresses.isEmpty()) {
        throw new BadMailException("parse '%s' addresses: mail: no address".formatted(what));
      }
      if (addresses.stream().anyMatch(address -> address.chars().anyMatch(c -> c <= ' '))) {
        throw new BadMailException(
            "parse '%s' addresses: mail: a blank or control character in an address"
                .formatted(what));
      }
      return addresses;
    } catch (AddressException e) {
      throw new BadMailException("parse '%s' addresses: mail: %s".formatted(what, words(e)));
    }
  }

  private static InternetAddress[] members(InternetAddress address) throws AddressException {
    return address.isGroup() ? address.getGroup(true) : new InternetAddress[] {address};
  }

  private static String words(AddressException e) {
    return String.valueOf(e.getMessage())
        + (e.getRef() == null ? "" : " in \"" + e.getRef() + "\"");
  }

  /**
   * The value of a header of addresses: only the names are encoded, since an address may not be.
   * What is no list of addresses is encoded as any other value.
   */
  static String header(String text) {
    String plain = EncodedWords.of(text);
    if (plain.equals(text)) {
      return text;
    }
    try {
      List<String> addresses = new ArrayList<>();
      for (InternetAddress address : InternetAddress.parse(text, true)) {
        addresses.add(header(address));
      }
      String header = addresses.stream().collect(Collectors.joining(",\r\n "));
      return header.isEmpty() ? plain : header;
    } catch (AddressException e) {
      return plain;
    }
  }

  private static String header(InternetAddress address) throws AddressException {
    String name = address.getPersonal();
    String bare = address.getAddress();
    if (address.isGroup() || !EncodedWords.of(bare).equals(bare)) {
      throw new AddressException("not for a header");
    }
    if (name == null || name.isEmpty()) {
      return "<" + bare + ">";
    }
    String encoded = EncodedWords.of(name);
    return encoded.equals(name)
        ? "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\" <" + bare + ">"
        : encoded + " <" + bare + ">";
  }
}
