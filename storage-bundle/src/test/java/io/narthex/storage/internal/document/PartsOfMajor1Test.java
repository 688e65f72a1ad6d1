package io.narthex.storage.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.Exemplar;
import io.narthex.storage.internal.document.CollectedCommit.Event;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartsOfMajor1Test {
  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static void decode(String hex, CollectedCommit into) {
    byte[] part = bytes(hex);
    DocumentDecoder.decodePart(1, part, part.length, into);
  }

  @Test
  void partOfSamplesIsRead() {
    CollectedCommit commit = new CollectedCommit();
    String hex = "02 00 00 03 01 0161 02c3a9 00 00 d00f 03 00 62f03f 01 01 00 01 02 61f8";

    assertThat(DocumentDecoder.kind(bytes(hex), bytes(hex).length))
        .isEqualTo(new DocumentDecoder.Kind.Part(0, false));
    decode(hex, commit);
    assertThat(commit.events)
        .containsExactly(
            new Event.Definition(0, Labels.of("a", "é")),
            new Event.Definition(1, Labels.EMPTY),
            new Event.Definition(2, Labels.EMPTY),
            new Event.Sample(0, 1000, Double.doubleToRawLongBits(1)),
            new Event.Sample(1, 999, 0),
            new Event.Sample(2, 1001, 0xf8L << 48));
  }

  @Test
  void textsAreWrittenOutEachTime() {
    CollectedCommit commit = new CollectedCommit();
    decode("03 00 05 02 02 0161 0162 0162 0161 01 0161 0162 00 00", commit);

    assertThat(commit.events)
        .containsExactly(
            new Event.Definition(5, Labels.of("a", "b", "b", "a")),
            new Event.Definition(6, Labels.of("a", "b")));
  }

  @Test
  void partOfExemplarsIsRead() {
    CollectedCommit commit = new CollectedCommit();
    decode("02 00 00 01 01 0161 0162 00 00", commit);
    commit.events.clear();
    String hex = "05 01 d00f 02 00 00 000000000000f03f 01 0174 0131 00 01 00000000000000c0 00";

    assertThat(DocumentDecoder.kind(bytes(hex), bytes(hex).length))
        .isEqualTo(new DocumentDecoder.Kind.Part(1, true));
    decode(hex, commit);
    assertThat(commit.events)
        .containsExactly(
            new Event.Example(0, new Exemplar(Labels.of("t", "1"), 1.0, 1000)),
            new Event.Example(0, new Exemplar(Labels.EMPTY, -2.0, 999)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "03 00; the document ends within a value",
        "03 00 00 ff01; 255 definitions in 0 bytes",
        "03 00 00 01 01 00 0161 00 0162 00 00; the label \"\" is empty or given twice",
        "03 00 00 01 01 00 0162; the label \"\" is empty or given twice",
        "03 00 00 00 00 05; 5 samples in 0 bytes",
        "03 00 00 00 00 01 04 00; reference 1 is not defined",
        "03 00 00 00 00 01 02 00; the reference -1 is out of range",
        "03 00 00 01 01 0161 0162 00 01 00 00 77; 1 bytes follow the last sample",
        "03 00 00 01 01 0161 0162 00 01 00 79; a value begins with the byte 0x79",
        "03 00 00 01 01 0161 0162 00 01 00 08 01; the document ends within a value",
        "03 00 ffffffff0f 00 00 00; the reference 4294967295 is too large",
        "05 00 00 02 00; 2 exemplars in 1 bytes",
        "05 00 00 01 00 00 0000000000000000 00; reference 0 is not defined",
        "05 00 00 01 00 00 00000000000000; the document ends within a value",
        "04 00 00 01 8080808008 00 0000000000000000 00; the reference 2147483648 is out of range",
        "04 00 00 01 00 00 0000000000000000 01 0161 00; the label \"a\" is empty or given twice",
        "05 00 00 00 77; 1 bytes follow the last exemplar"
      })
  void badPartIsRefused(String hex, String message) {
    assertThatThrownBy(() -> decode(hex, new CollectedCommit()))
        .isInstanceOf(BadDocumentException.class)
        .hasMessage(message);
  }
}
