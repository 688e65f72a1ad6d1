package io.narthex.console.internal.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.time.Clock;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what is done in the console: a line of JSON for each action in {@code
 * <data>/audit/console.log}, on the disk before the action begins, and a line in the server's log.
 * Two files of at most 10 MiB are kept, so only those who may use the console get anything into
 * them: others could push out what was done. Guarded by its monitor.
 */
public final class AuditLog {
  private static final Logger logger = LoggerFactory.getLogger(AuditLog.class);
  private static final JsonFactory JSON = new JsonFactory();
  private static final long MAX_BYTES = 10 << 20;

  /** Of each field so many characters are kept. */
  private static final int MAX_CHARS = 256;

  private final Path file;
  private final Clock clock;
  private final long maxBytes;

  /**
   * An action; of each field the first 256 characters are kept.
   *
   * @param user who; {@code -} if it is not known
   * @param remote from which address
   * @param action what the form says, or the type of what was sent
   * @param outcome what became of it
   */
  public record Entry(
      String user, String remote, String method, String path, String action, String outcome) {
    /** Cuts what is too long. */
    public Entry {
      user = shortened(user);
      remote = shortened(remote);
      method = shortened(method);
      path = shortened(path);
      action = shortened(action);
      outcome = shortened(outcome);
    }
  }

  /** The beginning of a text that may have any length; with an ellipsis if there is more. */
  public static String shortened(String text) {
    if (text.length() <= MAX_CHARS) {
      return text;
    }
    int end = MAX_CHARS - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /** A log in a folder of the data directory. */
  public AuditLog(Path folder, Clock clock) {
    this(folder, clock, MAX_BYTES);
  }

  AuditLog(Path folder, Clock clock, long maxBytes) {
    this.file = folder.resolve("console.log");
    this.clock = clock;
    this.maxBytes = maxBytes;
  }

  /** Notes an action; false if it could not be written. */
  public synchronized boolean note(Entry entry) {
    logger
        .atInfo()
        .addKeyValue("user", entry.user())
        .addKeyValue("remote", entry.remote())
        .addKeyValue("method", entry.method())
        .addKeyValue("path", entry.path())
        .addKeyValue("action", entry.action())
        .addKeyValue("outcome", entry.outcome())
        .log("console action");
    try {
      append(line(entry));
      return true;
    } catch (IOException e) {
      logger
          .atError()
          .addKeyValue("file", file)
          .addKeyValue("err", e.getMessage())
          .log("the audit log cannot be written");
      return false;
    }
  }

  private void append(String line) throws IOException {
    Files.createDirectories(file.getParent());
    if (Files.exists(file) && Files.size(file) + line.length() > maxBytes) {
      Files.move(file, file.resolveSibling("console.1.log"), StandardCopyOption.REPLACE_EXISTING);
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    }
  }

  private String line(Entry entry) throws IOException {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("time", Instant.ofEpochMilli(clock.wallMillis()).toString());
      json.writeStringField("user", entry.user());
      json.writeStringField("remote", entry.remote());
      json.writeStringField("method", entry.method());
      json.writeStringField("path", entry.path());
      json.writeStringField("action", entry.action());
      json.writeStringField("outcome", entry.outcome());
      json.writeEndObject();
    }
    return line.append('\n').toString();
  }
}
