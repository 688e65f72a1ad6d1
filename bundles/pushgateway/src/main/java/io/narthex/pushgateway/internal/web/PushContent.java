package io.narthex.pushgateway.internal.web;

import io.narthex.pushgateway.internal.intake.IntakeMemory;
import io.narthex.pushgateway.internal.intake.ParsedPush;
import io.narthex.pushgateway.internal.intake.ProtobufReader;
import io.narthex.pushgateway.internal.intake.PushFormatException;
import io.narthex.pushgateway.internal.intake.TextParser;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * In which form a body is, by the headers of its request. As upstream has it, every content type is
 * read as text but the one of delimited protobuf, and an unknown encoding is passed over.
 */
public record PushContent(boolean protobuf, boolean gzip) {
  /** The shortest header of the format. */
  private static final int GZIP_HEADER = 10;

  /** A few bytes may say anything about how many they will be: the buffer grows with them. */
  private static final int FIRST_BUFFER = 64 * 1024;

  /** A body that is refused before it is read. */
  public static final class RefusedContentException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    RefusedContentException(Answer answer) {
      super(answer.text());
      this.answer = answer;
    }

    /** The answer for the client. */
    public Answer answer() {
      return answer;
    }
  }

  /** Reads the two headers. */
  public static PushContent of(@Nullable String contentType, @Nullable String contentEncoding)
      throws RefusedContentException {
    String encoding = contentEncoding == null ? "" : contentEncoding.toLowerCase(Locale.ROOT);
    if (encoding.equals("snappy")) {
      throw new RefusedContentException(
          new Answer(
              415,
              "the encoding snappy is not supported for pushes: send the body as it is, or with"
                  + " Content-Encoding: gzip"));
    }
    return new PushContent(
        MediaType.parse(contentType == null ? "" : contentType).isDelimitedProtobuf(),
        encoding.equals("gzip"));
  }

  /**
   * Reads a body of this form.
   *
   * @param memory accounts for what is read
   */
  public ParsedPush parse(PushBody body, IntakeMemory.Share memory)
      throws PushFormatException, RefusedContentException {
    Plain plain = gzip ? unzipped(body) : Plain.of(body.bytes());
    return protobuf
        ? ProtobufReader.parse(plain.bytes, plain.length, memory)
        : TextParser.parse(plain.bytes, plain.length, memory);
  }

  /** The first bytes of an array. */
  private static final class Plain {
    private byte[] bytes;
    private int length;

    private Plain(byte[] bytes, int length) {
      this.bytes = bytes;
      this.length = length;
    }

    static Plain of(byte[] bytes) {
      return new Plain(bytes, bytes.length);
    }

    void append(byte[] chunk, int n) {
      if (bytes.length - length < n) {
        int doubled = Math.min(2 * bytes.length, PushBody.MAX_BYTES);
        bytes = Arrays.copyOf(bytes, Math.max(doubled, length + n));
      }
      System.arraycopy(chunk, 0, bytes, length, n);
      length += n;
    }
  }

  private static Plain unzipped(PushBody zipped)
      throws PushFormatException, RefusedContentException {
    byte[] body = zipped.bytes();
    if (body.length == 0) {
      throw new PushFormatException("EOF");
    }
    if (body.length < GZIP_HEADER) {
      throw new PushFormatException("unexpected EOF");
    }
    Plain plain = new Plain(new byte[FIRST_BUFFER], 0);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] chunk = new byte[16 * 1024];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        if (plain.length + n > PushBody.MAX_BYTES) {
          throw new RefusedContentException(
              new Answer(
                  413,
                  "uncompressed request body exceeds the %d bytes limit"
                      .formatted(PushBody.MAX_BYTES)));
        }
        if (!zipped.pay(n)) {
          throw new RefusedContentException(PushBody.tooMuch());
        }
        plain.append(chunk, n);
      }
    } catch (EOFException e) {
      throw new PushFormatException("unexpected EOF");
    } catch (ZipException e) {
      throw new PushFormatException(goText(e));
    } catch (IOException e) {
      throw new PushFormatException("gzip: " + e.getMessage());
    }
    return plain;
  }

  /** Upstream's words for what the JDK found. */
  private static String goText(ZipException e) {
    String text = String.valueOf(e.getMessage());
    if (text.contains("trailer")) {
      return "gzip: invalid checksum";
    }
    return text.contains("GZIP") || text.contains("compression method") || text.contains("header")
        ? "gzip: invalid header"
        : "flate: corrupt input: " + text;
  }
}
