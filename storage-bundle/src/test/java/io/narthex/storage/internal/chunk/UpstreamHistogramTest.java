package io.narthex.storage.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.histogram.CounterResetHint;
import io.narthex.api.model.histogram.FloatHistogram;
import io.narthex.api.model.histogram.Histogram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chunks that upstream's own code wrote and read, in {@code histograms/upstream-chunks.txt}. */
class UpstreamHistogramTest {
  private int cases;
  private int chunks;
  private int samplesRead;

  @Test
  void bytesAreUpstreamsAndReadAsUpstreamReadsThem() throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader in = open()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("case") && !lines.isEmpty()) {
          check(lines);
          lines.clear();
        }
        lines.add(line);
      }
    }
    check(lines);
    assertThat(cases).isEqualTo(150);
    assertThat(chunks).isEqualTo(397);
    assertThat(samplesRead).isEqualTo(459);
  }

  private static BufferedReader open() {
    return new BufferedReader(
        new InputStreamReader(
            UpstreamHistogramTest.class.getResourceAsStream("histograms/upstream-chunks.txt"),
            StandardCharsets.US_ASCII));
  }

  private void check(List<String> lines) {
    cases++;
    String name = lines.getFirst();
    List<HistogramText> given = new ArrayList<>();
    List<String> bytes = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      switch (line.charAt(0)) {
        case '=' -> bytes.add(line.substring(2));
        case '+', '!' -> given.add(HistogramText.of(line));
        default -> assertThat(line).startsWith("> ");
      }
    }
    chunks += bytes.size();
    boolean isFloat = name.startsWith("case float");
    assertThat(isFloat ? encodeFloat(given) : encode(given)).as(name).isEqualTo(bytes);
    checkRead(name, isFloat, lines);
  }

  private static List<String> encode(List<HistogramText> given) {
    List<String> chunks = new ArrayList<>();
    HistogramEncoder encoder = null;
    for (HistogramText line : given) {
      HistogramEncoder before = encoder;
      if (before == null) {
        encoder = HistogramEncoder.begin(line.time(), line.histogram());
        continue;
      }
      encoder =
          line.mark().equals("!")
              ? before.cut(line.time(), line.histogram())
              : before.append(line.time(), line.histogram());
      if (encoder != before) {
        chunks.add(HexFormat.of().formatHex(before.toByteArray()));
      }
    }
    chunks.add(HexFormat.of().formatHex(encoder.toByteArray()));
    return chunks;
  }

  private static List<String> encodeFloat(List<HistogramText> given) {
    List<String> chunks = new ArrayList<>();
    FloatHistogramEncoder encoder = null;
    for (HistogramText line : given) {
      FloatHistogramEncoder before = encoder;
      if (before == null) {
        encoder = FloatHistogramEncoder.begin(line.time(), line.floatHistogram());
        continue;
      }
      encoder =
          line.mark().equals("!")
              ? before.cut(line.time(), line.floatHistogram())
              : before.append(line.time(), line.floatHistogram());
      if (encoder != before) {
        chunks.add(HexFormat.of().formatHex(before.toByteArray()));
      }
    }
    chunks.add(HexFormat.of().formatHex(encoder.toByteArray()));
    return chunks;
  }

  private void checkRead(String name, boolean isFloat, List<String> lines) {
    HistogramDecoder decoder = new HistogramDecoder();
    FloatHistogramDecoder floatDecoder = new FloatHistogramDecoder();
    for (String line : lines) {
      if (line.startsWith("= ")) {
        byte[] chunk = HexFormat.of().parseHex(line.substring(2));
        assertThat(isFloat ? readAgainFloat(chunk) : readAgain(chunk)).as(name).isEqualTo(chunk);
        decoder.reset(chunk, 0, chunk.length);
        floatDecoder.reset(chunk, 0, chunk.length);
      } else if (line.startsWith("> ")) {
        HistogramText expected = HistogramText.of(line);
        samplesRead++;
        if (isFloat) {
          floatDecoder.next();
          assertThat(floatDecoder.time()).isEqualTo(expected.time());
          assertThat(floatDecoder.histogram()).as(name).isEqualTo(expected.floatHistogram());
        } else {
          decoder.next();
          assertThat(decoder.time()).isEqualTo(expected.time());
          assertThat(decoder.histogram()).as(name).isEqualTo(expected.histogram());
        }
      }
    }
  }

  /** What is read from a chunk makes the same chunk. */
  private static byte[] readAgain(byte[] chunk) {
    HistogramDecoder decoder = new HistogramDecoder();
    decoder.reset(chunk, 0, chunk.length);
    decoder.next();
    HistogramEncoder encoder = HistogramEncoder.begin(decoder.time(), inPlace(decoder));
    while (decoder.remaining() > 0) {
      decoder.next();
      encoder = encoder.append(decoder.time(), inPlace(decoder));
    }
    byte[] again = encoder.toByteArray();
    again[CounterResetHeader.POSITION] = decoder.header().toByte();
    return again;
  }

  private static Histogram inPlace(HistogramDecoder decoder) {
    // A stale marker does not say that it is a gauge.
    return decoder.header() == CounterResetHeader.GAUGE
        ? decoder.histogram().withResetHint(CounterResetHint.GAUGE)
        : decoder.histogram();
  }

  private static byte[] readAgainFloat(byte[] chunk) {
    FloatHistogramDecoder decoder = new FloatHistogramDecoder();
    decoder.reset(chunk, 0, chunk.length);
    decoder.next();
    FloatHistogramEncoder encoder = FloatHistogramEncoder.begin(decoder.time(), inPlace(decoder));
    while (decoder.remaining() > 0) {
      decoder.next();
      encoder = encoder.append(decoder.time(), inPlace(decoder));
    }
    byte[] again = encoder.toByteArray();
    again[CounterResetHeader.POSITION] = decoder.header().toByte();
    return again;
  }

  private static FloatHistogram inPlace(FloatHistogramDecoder decoder) {
    return decoder.header() == CounterResetHeader.GAUGE
        ? decoder.histogram().withResetHint(CounterResetHint.GAUGE)
        : decoder.histogram();
  }
}
