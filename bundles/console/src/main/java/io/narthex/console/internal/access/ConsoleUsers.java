package io.narthex.console.internal.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the console: a file with a line {@code name:hash} for each, as {@code htpasswd -B}
 * writes it. It is read again when it changed. Guarded by its monitor: one password is checked at a
 * time, so guessing is slow.
 */
public final class ConsoleUsers {
  private static final Pattern LINE = Pattern.compile("([^:\\s]+):(\\$2[aby]\\$\\d\\d\\$.{53})");

  /** The hash takes no more. */
  private static final int MAX_PASSWORD_BYTES = 71;

  private static final int MAX_BYTES = 1 << 20;
  private static final String MAC = "HmacSHA256";

  private final Path file;

  /** Makes what is remembered of passwords worthless outside of this process. */
  private final SecretKeySpec key;

  private Map<String, String> hashes = Map.of();

  /**
   * A password that was right, as its MAC: the hashes are slow on purpose, a page has many files.
   */
  private final Map<String, byte[]> remembered = new HashMap<>();

  private @Nullable FileTime read;

  /** The users of a file, which is read now. */
  public ConsoleUsers(Path file) throws IOException {
    this.file = file;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, MAC);
    refresh();
  }

  /** Whether that is a user with that password. If the file cannot be read any more, nobody is. */
  public synchronized boolean accepts(String name, String password) {
    try {
      refresh();
    } catch (IOException e) {
      hashes = Map.of();
      remembered.clear();
      read = null;
      return false;
    }
    String hash = hashes.get(name);
    byte[] secret = password.getBytes(StandardCharsets.UTF_8);
    if (hash == null || secret.length > MAX_PASSWORD_BYTES) {
      return false;
    }
    byte[] mac = mac(name + ':' + password);
    byte[] known = remembered.get(name);
    if (known != null && MessageDigest.isEqual(mac, known)) {
      return true;
    }
    boolean right =
        BCrypt.verifyer()
            .verify(
                password.getBytes(StandardCharsets.UTF_8), hash.getBytes(StandardCharsets.UTF_8))
            .verified;
    if (right) {
      remembered.put(name, mac);
    }
    return right;
  }

  private void refresh() throws IOException {
    FileTime changed = Files.getLastModifiedTime(file);
    if (!changed.equals(read)) {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("%s is larger than %d bytes".formatted(file, MAX_BYTES));
      }
      hashes = parse(Files.readAllLines(file, StandardCharsets.UTF_8));
      remembered.clear();
      read = changed;
    }
  }

  private Map<String, String> parse(List<String> lines) throws IOException {
    Map<String, String> users = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      var parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw new IOException(
            "%s:%d: a line must be NAME:HASH with a bcrypt hash, as \"htpasswd -nB NAME\" prints it"
                .formatted(file, i + 1));
      }
      users.put(parts.group(1), parts.group(2));
    }
    if (users.isEmpty()) {
      throw new IOException(
          "%s has no user; \"htpasswd -nB NAME\" prints a line for it".formatted(file));
    }
    return users;
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }
}
