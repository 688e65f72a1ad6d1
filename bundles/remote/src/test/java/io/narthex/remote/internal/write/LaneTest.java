package io.narthex.remote.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.StaleMarker;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Storage;
import io.narthex.api.time.Clock;
import io.narthex.remote.internal.wire.Message;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LaneTest {
  static final long NOW = 1_700_000_000_000L;

  private final FakeStorage storage = new FakeStorage();
  private final FakeMetrics metrics = new FakeMetrics();
  private final AtomicReference<Storage> current = new AtomicReference<>(storage);
  private final Lane lane = lane(100);

  private Lane lane(int maxSlots) {
    return new Lane(
        current::get,
        new AppendSource("remote-write", "0"),
        new WriteMetrics(metrics),
        new FixedClock(),
        maxSlots);
  }

  private static Answer write(Lane lane, Message message) {
    byte[] body = message.snappy();
    return lane.write(body, body.length);
  }

  private Answer write(Message message) {
    return write(lane, message);
  }

  @SafeVarargs
  private Answer writeSeries(Consumer<Message>... series) {
    return write(Message.writeRequest(series));
  }

  @Test
  void storesSamplesAndStaleMarkers() {
    Answer answer =
        writeSeries(
            s -> s.labels("__name__", "a", "job", "x").sample(1, 1).sample(2, StaleMarker.VALUE),
            s -> s.labels("__name__", "b").sample(NOW + 600_000, 5).exemplar());
    assertThat(answer).isEqualTo(Answer.STORED);
    assertThat(storage.samples("__name__", "a", "job", "x")).isEqualTo("1=1 2=stale");
    assertThat(storage.samples("__name__", "b")).isEqualTo((NOW + 600_000) + "=5");
    assertThat(storage.commits()).isEqualTo(1);
    assertThat(storage.sources()).containsExactly(new AppendSource("remote-write", "0"));
    assertThat(metrics.value("narthex_remote_write_stored_samples_total")).isEqualTo(3);
  }

  @Test
  void storesExemplarsAndCountsWhatBecomesOfThem() {
    writeSeries(
        s ->
            s.labels("__name__", "a")
                .sample(1, 1)
                .exemplar(5, 1, "id", "1")
                .exemplar(6, 2, "id", "x".repeat(200)),
        s -> s.labels("__name__", "none").exemplar(5, 1, "id", "1"),
        s -> s.labels("__name__", "b").sample(1, 1).exemplar(7, 1, "", "no name"));
    Answer answer =
        writeSeries(
            s -> s.labels("__name__", "a").exemplar(5, 1, "id", "1"),
            s -> s.labels("__name__", "a").exemplar(4, 1, "id", "2").exemplar(8, 1, "id", "3"),
            s -> s.labels("job", "bad").exemplar(1, 1));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(storage.exemplars("__name__", "a"))
        .containsExactly("5=1 {id=\"1\"}", "8=1 {id=\"3\"}");
    assertThat(storage.series()).hasSize(2);
    assertThat(storage.samples("__name__", "a")).isEqualTo("1=1");
    assertThat(exemplars("stored")).as("one of a series that never comes").isEqualTo(3);
    assertThat(exemplars("labels-too-long")).isEqualTo(1);
    assertThat(exemplars("invalid-labels")).isEqualTo(1);
    assertThat(exemplars("already-there")).isEqualTo(1);
    assertThat(exemplars("out-of-order")).isEqualTo(1);
    assertThat(exemplars("no-series")).isEqualTo(1);
  }

  private double exemplars(String outcome) {
    return metrics.value("narthex_remote_write_exemplars_total{" + outcome + "}");
  }

  @Test
  void exemplarsNeverFailARequest() {
    storage.limitSeries(0);
    assertThat(writeSeries(s -> s.labels("__name__", "a").exemplar(5, 1, "id", "1")))
        .isEqualTo(Answer.STORED);
    assertThat(exemplars("no-series")).isEqualTo(1);
    storage.limitSeries(1);
    storage.keepNoExemplars();
    assertThat(writeSeries(s -> s.labels("__name__", "a").sample(1, 1).exemplar(5, 1)))
        .isEqualTo(Answer.STORED);
    assertThat(exemplars("not-kept")).isEqualTo(1);
    assertThat(storage.samples("__name__", "a")).isEqualTo("1=1");
  }

  @Test
  void metadataIsCounted() {
    assertThat(
            write(
                Message.writeRequest(s -> s.labels("__name__", "a").sample(1, 1))
                    .metadata("a")
                    .metadata("b")))
        .isEqualTo(Answer.STORED);
    assertThat(metrics.value("narthex_remote_write_metadata_total")).isEqualTo(2);
  }

  @Test
  void takesLabelsInAnyOrderAndLeavesOutEmptyOnes() {
    writeSeries(s -> s.labels("z", "1", "__name__", "a", "empty", "").sample(1, 1));
    writeSeries(s -> s.labels("__name__", "a", "z", "1").sample(2, 2));
    writeSeries(s -> s.labels("__name__", "a").sample(3, 3).labels("z", "1"));
    assertThat(storage.samples("__name__", "a", "z", "1")).isEqualTo("1=1 2=2 3=3");
  }

  static List<Arguments> refusals() {
    byte[] bad = {(byte) 0xc3, 0x28};
    return List.of(
        refused(
            s -> s.labels("job", "x").sample(1, 1),
            "invalid metric name or labels, got {job=\"x\"}",
            "invalid-labels"),
        refused(
            s -> s.labels("__name__", "", "a", "1").sample(1, 1),
            "invalid metric name or labels, got {__name__=\"\", a=\"1\"}",
            "invalid-labels"),
        refused(
            s -> s.labels("__name__", "m", "", "1").sample(1, 1),
            "invalid metric name or labels, got {__name__=\"m\", \"\"=\"1\"}",
            "invalid-labels"),
        refused(
            s -> s.labels("__name__", "m").label(bad, Message.utf8("1")).sample(1, 1),
            "invalid metric name or labels, got {__name__=\"m\", \"\uFFFD(\"=\"1\"}",
            "invalid-labels"),
        refused(
            s -> s.labels("__name__", "m").label(Message.utf8("ü"), bad).sample(1, 1),
            "invalid metric name or labels, got {__name__=\"m\", \"ü\"=\"\uFFFD(\"}",
            "invalid-labels"),
        refused(
            s -> s.labels("__name__", "m", "a", "1", "a", "2").sample(1, 1),
            "invalid labels for series, labels {__name__=\"m\", a=\"1\", a=\"2\"}, duplicated"
                + " label a",
            "duplicate-label"),
        refused(
            s -> s.labels("__name__", "m", "a", "", "a", "2").sample(1, 1),
            "invalid labels for series, labels {__name__=\"m\", a=\"\", a=\"2\"}, duplicated"
                + " label a",
            "duplicate-label"),
        refused(
            s -> {
              s.labels("__name__", "m");
              for (int i = 0; i < 512; i++) {
                s.labels("l" + i, "1");
              }
              s.sample(1, 1);
            },
            "too many labels, the limit is 512: series with 513 labels",
            "too-many-labels"),
        refused(
            s -> s.labels("__name__", "old", "q", "\"\n").sample(9, 1),
            "out of order sample for series {__name__=\"old\", q=\"\\\"\\n\"}, timestamp 9",
            "out-of-order"),
        refused(
            s -> s.labels("__name__", "old", "q", "\"\n").sample(10, 9),
            "duplicate sample for timestamp for series {__name__=\"old\", q=\"\\\"\\n\"},"
                + " timestamp 10",
            "duplicate-timestamp"),
        refused(
            s -> s.labels("__name__", "m").sample(NOW + 600_001, 1),
            "out of bounds: timestamp is too far in the future for series {__name__=\"m\"},"
                + " timestamp 1700000600001",
            "too-far-ahead"),
        refused(
            s -> s.labels("__name__", "m").sample(Long.MIN_VALUE, 1),
            "out of bounds for series {__name__=\"m\"}, timestamp -9223372036854775808",
            "out-of-bounds"),
        refused(
            s -> s.labels("__name__", "h").histogram(5),
            "native histograms cannot be stored yet, send classic ones (buckets): refused those"
                + " of series {__name__=\"h\"}",
            "histogram"));
  }

  private static Arguments refused(Consumer<Message> series, String text, String reason) {
    return Arguments.of(series, text, reason);
  }

  /** The bad series stands between two good ones, which are kept. */
  @ParameterizedTest
  @MethodSource("refusals")
  void keepsTheGoodAndSaysWhatIsBad(Consumer<Message> bad, String text, String reason) {
    writeSeries(s -> s.labels("__name__", "old", "q", "\"\n").sample(10, 1));
    Answer answer =
        writeSeries(
            s -> s.labels("__name__", "good").sample(1, 1),
            bad,
            s -> s.labels("__name__", "good", "n", "2").sample(1, 2));
    assertThat(answer).isEqualTo(new Answer(400, text));
    assertThat(storage.samples("__name__", "good")).isEqualTo("1=1");
    assertThat(storage.samples("__name__", "good", "n", "2")).isEqualTo("1=2");
    assertThat(storage.samples("__name__", "old", "q", "\"\n")).isEqualTo("10=1");
    assertThat(storage.commits()).isEqualTo(2);
    assertThat(metrics.value("narthex_remote_write_refused_total{" + reason + "}")).isEqualTo(1);
    boolean labels = reason.endsWith("-label") || reason.endsWith("-labels");
    assertThat(metrics.value("prometheus_api_remote_write_invalid_labels_samples_total"))
        .isEqualTo(labels ? 1 : 0);
  }

  @Test
  void countsTheRestOfEachReason() {
    writeSeries(s -> s.labels("__name__", "a").sample(10, 1));
    Answer answer =
        writeSeries(
            s -> s.labels("__name__", "a").sample(1, 1).sample(2, 1).sample(10, 2).sample(11, 1),
            s -> s.labels("__name__", "b").sample(5, 1).histogram(1).histogram(2));
    assertThat(answer.text())
        .isEqualTo(
            """
            out of order sample for series {__name__="a"}, timestamp 1 (and 1 more)
            duplicate sample for timestamp for series {__name__="a"}, timestamp 10
            native histograms cannot be stored yet, send classic ones (buckets): refused those of\
             series {__name__="b"} (and 1 more)""");
    assertThat(storage.samples("__name__", "a")).isEqualTo("10=1 11=1");
    assertThat(storage.samples("__name__", "b")).isEqualTo("5=1");
  }

  @Test
  void takesTheSameRequestAgain() {
    Message request = Message.writeRequest(s -> s.labels("__name__", "a").sample(1, 1));
    assertThat(write(request)).isEqualTo(Answer.STORED);
    assertThat(write(request)).isEqualTo(Answer.STORED);
    assertThat(storage.samples("__name__", "a")).isEqualTo("1=1");
  }

  @Test
  void storesNothingOfAMalformedRequest() {
    Answer answer =
        write(
            Message.writeRequest(s -> s.labels("__name__", "a").sample(1, 1))
                .message(1, s -> s.labels("__name__", "b").raw(0x12)));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).startsWith("unexpected EOF: time series 2 ends early");
    writeSeries(s -> s.labels("__name__", "c").sample(1, 1));
    assertThat(storage.samples("__name__", "a")).isEmpty();
    assertThat(storage.samples("__name__", "c")).isEqualTo("1=1");
  }

  @Test
  void showsOnlyThePartOfAnEnormousSeries() {
    Answer answer = writeSeries(s -> s.labels("x", "y".repeat(100_000)).sample(1, 1));
    assertThat(answer.text())
        .startsWith("invalid metric name or labels, got {x=\"yyy")
        .hasSizeLessThan(1100);
  }

  @Test
  void goesOnWithKnownSeriesWhenThereIsNoRoom() {
    writeSeries(s -> s.labels("__name__", "a").sample(1, 1));
    storage.limitSeries(1);
    Answer answer =
        writeSeries(
            s -> s.labels("__name__", "b").sample(2, 2),
            s -> s.labels("__name__", "a").sample(2, 2));
    assertThat(answer)
        .isEqualTo(
            new Answer(
                400, "the storage has no room for a new series, refused series {__name__=\"b\"}"));
    assertThat(storage.samples("__name__", "a")).isEqualTo("1=1 2=2");
  }

  @Test
  void asksToSendAgainWhatTheDiskHasNoRoomFor() {
    storage.fillDisk(true);
    Message request = Message.writeRequest(s -> s.labels("__name__", "a").sample(1, 1));
    assertThat(write(request)).isEqualTo(new Answer(503, "no samples are taken"));
    storage.fillDisk(false);
    assertThat(write(request)).isEqualTo(Answer.STORED);
  }

  @Test
  void saysThatTheLogFailed() {
    storage.breakLog(true);
    Message request = Message.writeRequest(s -> s.labels("__name__", "a").sample(1, 1));
    assertThat(write(request)).isEqualTo(new Answer(500, "the disk is full"));
    storage.breakLog(false);
    assertThat(write(request)).isEqualTo(Answer.STORED);
  }

  @Test
  void followsTheStorage() {
    Message request = Message.writeRequest(s -> s.labels("__name__", "a").sample(1, 1));
    write(request);
    storage.stop();
    assertThat(write(request).status()).isEqualTo(503);
    assertThat(storage.openAppenders()).isZero();
    current.set(null);
    assertThat(write(request).status()).isEqualTo(503);
    FakeStorage next = new FakeStorage();
    current.set(next);
    assertThat(write(request)).isEqualTo(Answer.STORED);
    assertThat(next.samples("__name__", "a")).isEqualTo("1=1");
    lane.release(storage);
    assertThat(next.openAppenders()).isEqualTo(1);
    lane.release(next);
    assertThat(next.openAppenders()).isZero();
  }

  @Test
  void refusesAllOnceClosed() {
    Message request = Message.writeRequest(s -> s.labels("__name__", "a").sample(1, 1));
    write(request);
    lane.close();
    assertThat(storage.openAppenders()).isZero();
    assertThat(write(request).status()).isEqualTo(503);
    assertThat(storage.openAppenders()).isZero();
  }

  @Test
  void beginsAnewWhenItKnowsTooManySeries() {
    for (int i = 0; i < 1000; i++) {
      String name = "m" + i % 250;
      long time = i;
      assertThat(writeSeries(s -> s.labels("__name__", name).sample(time, time)))
          .isEqualTo(Answer.STORED);
      assertThat(storage.openAppenders()).isLessThanOrEqualTo(1);
    }
    assertThat(storage.sources()).hasSize(10);
    assertThat(storage.samples("__name__", "m7")).isEqualTo("7=7 257=257 507=507 757=757");
  }

  record FixedClock() implements Clock {
    @Override
    public long wallMillis() {
      return NOW;
    }

    @Override
    public long monotonicNanos() {
      return System.nanoTime();
    }
  }
}
