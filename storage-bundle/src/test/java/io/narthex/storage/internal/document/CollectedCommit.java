package io.narthex.storage.internal.document;

import io.narthex.api.model.Labels;
import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.target.MetricMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Takes what is in parts, with the bases of a segment, as a replay does. */
class CollectedCommit implements DocumentDecoder.PartHandler {
  final List<Event> events = new ArrayList<>();
  private final Map<Integer, Long> last = new HashMap<>();

  /** Something that a part says. */
  sealed interface Event {
    record Definition(int ref, Labels labels) implements Event {}

    record Binding(int panel, int slot, int ref) implements Event {}

    record Row(int panel, int number, long time, String hex) implements Event {}

    record Sample(int ref, long time, long bits) implements Event {}

    record LateSample(int ref, long time, long bits) implements Event {}

    record Distribution(int ref, long time, NativeHistogram histogram, boolean isLate)
        implements Event {}

    record Deletion(int ref, long from, long to) implements Event {}

    record Metadata(MetricMetadata metadata) implements Event {}

    record Example(int ref, Exemplar exemplar) implements Event {}
  }

  @Override
  public void define(int ref, Labels labels) {
    events.add(new Event.Definition(ref, labels));
    last.put(ref, 0L);
  }

  @Override
  public void bind(int panel, int slot, int ref) {
    base(ref);
    events.add(new Event.Binding(panel, slot, ref));
  }

  @Override
  public void row(int panel, int number, long time, byte[] bytes, int offset, int length) {
    String hex = HexFormat.of().formatHex(bytes, offset, offset + length);
    events.add(new Event.Row(panel, number, time, hex));
  }

  @Override
  public long base(int ref) {
    Long base = last.get(ref);
    if (base == null) {
      throw new BadDocumentException("reference %d is not defined".formatted(ref));
    }
    return base;
  }

  @Override
  public void sample(int ref, long time, long bits, boolean isLate) {
    events.add(isLate ? new Event.LateSample(ref, time, bits) : new Event.Sample(ref, time, bits));
    last.put(ref, bits);
  }

  @Override
  public void histogram(int ref, long time, NativeHistogram histogram, boolean isLate) {
    base(ref);
    events.add(new Event.Distribution(ref, time, histogram, isLate));
  }

  @Override
  public void delete(int ref, long from, long to) {
    base(ref);
    events.add(new Event.Deletion(ref, from, to));
  }

  @Override
  public void metadata(MetricMetadata metadata) {
    events.add(new Event.Metadata(metadata));
  }

  @Override
  public void exemplar(int ref, Exemplar exemplar) {
    base(ref);
    events.add(new Event.Example(ref, exemplar));
  }
}
