package io.narthex.scrape.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the last TYPE line said; it decides how some label values are written. */
public enum FamilyType {
  COUNTER("counter"),
  GAUGE("gauge"),
  HISTOGRAM("histogram"),
  GAUGE_HISTOGRAM("gaugehistogram"),
  SUMMARY("summary"),
  INFO("info"),
  STATESET("stateset"),
  UNKNOWN("unknown");

  private static final FamilyType[] ALL = values();

  private final String text;
  private final byte[] bytes;

  FamilyType(String text) {
    this.text = text;
    this.bytes = text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Its name in OpenMetrics and in answers about metadata. */
  public String text() {
    return text;
  }

  /** Whether the bytes are its name. */
  boolean isNamed(byte[] source, int from, int to) {
    return Arrays.equals(source, from, to, bytes, 0, bytes.length);
  }

  /** The type at a position of {@link #values}. */
  public static FamilyType of(int position) {
    return ALL[position];
  }
}
