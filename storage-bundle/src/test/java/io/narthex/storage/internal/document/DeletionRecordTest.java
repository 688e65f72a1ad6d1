package io.narthex.storage.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.model.Labels;
import io.narthex.api.target.MetricMetadata;
import io.narthex.storage.internal.document.CollectedCommit.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deletions, and what is known of metrics. */
class DeletionRecordTest {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private final List<byte[]> parts = new ArrayList<>();
  private final CollectedCommit commit = new CollectedCommit();

  private CommitEncoder encoder(int limit) {
    return new CommitEncoder(
        limit, (bytes, length, last) -> parts.add(Arrays.copyOf(bytes, length)));
  }

  private List<Event> decoded() {
    parts.forEach(
        part -> DocumentDecoder.decodePart(SegmentStart.MAJOR, part, part.length, commit));
    return commit.events;
  }

  @Test
  void bytesAreAsTheFormatSays() {
    MetricMetadata metadata = new MetricMetadata("a_seconds", "counter", "s", "é");
    CommitEncoder encoder = encoder(1 << 20);
    encoder.begin(0);
    encoder.define(Labels.of("a", "b"));
    encoder.delete(0, 1000, 1005);
    encoder.metadata(metadata);
    encoder.delete(0, -1, Long.MAX_VALUE - 1);
    encoder.finish();

    assertThat(parts.stream().map(HEX::formatHex))
        .containsExactly(
            "03 00 d0 0f 01 00 01 01 00 01 61 00 01 62 "
                + "09 00 00 05 "
                + "0a 09 61 5f 73 65 63 6f 6e 64 73 07 63 6f 75 6e 74 65 72 01 73 02 c3 a9 "
                + "09 00 d1 0f ff ff ff ff ff ff ff ff 7f");
    assertThat(decoded())
        .containsExactly(
            new Event.Definition(0, Labels.of("a", "b")),
            new Event.Deletion(0, 1000, 1005),
            new Event.Metadata(metadata),
            new Event.Deletion(0, -1, Long.MAX_VALUE - 1));
  }

  @Test
  void manyArePartsOfOneCommit() {
    CommitEncoder encoder = encoder(40);
    encoder.begin(0);
    List<Event> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      encoder.define(Labels.of("a", "b" + i));
      encoder.delete(i, Long.MIN_VALUE / 2, i);
      expected.add(new Event.Definition(i, Labels.of("a", "b" + i)));
      expected.add(new Event.Deletion(i, Long.MIN_VALUE / 2, i));
    }
    encoder.finish();

    assertThat(parts).hasSizeGreaterThan(5);
    assertThat(decoded()).isEqualTo(expected);
  }

  @Test
  void aRangeThatEndsBeforeItBeginsIsRefused() {
    parts.add(HEX.parseHex("03 00 02 09 00 00 ff ff ff ff ff ff ff ff ff 01"));
    commit.define(0, Labels.EMPTY);
    assertThatThrownBy(this::decoded)
        .isInstanceOf(BadDocumentException.class)
        .hasMessage("a deletion from 1 to 0");
  }
}
