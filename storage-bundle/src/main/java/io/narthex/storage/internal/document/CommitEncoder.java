package io.narthex.storage.internal.document;

import io.narthex.api.model.Labels;
import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.target.MetricMetadata;
import java.util.HashMap;
import java.util.Map;

/**
 * Encodes one commit as one or more documents ("parts").
 *
 * <pre>
 * part     --> kind u8 (2: more parts follow; 3: last), uvarint part number from 0,
 *              zigzag base time, record^*                                          to the end
 * record   --> 01, uvarint first reference, uvarint n, definition^n
 *            | 02, uvarint panel, uvarint n, binding^n
 *            | 03, uvarint panel, uvarint row number, zigzag(time - base time), uvarint n, n bytes: the row
 *            | 04, uvarint m, sample^m
 *            | 05, uvarint n, exemplar^n
 *            | 06, uvarint m, histogram^m
 *            | 07, uvarint m, sample^m          that came out of order
 *            | 08, uvarint m, histogram^m       that came out of order
 *            | 09, uvarint reference, zigzag(from - base time), uvarint(to - from)     a deletion
 *            | 0a, family, type, unit, help     metadata of a metric; each text: uvarint bytes, UTF-8
 * definition --> uvarint k, (name, value)^k in order of names, each a shared text
 * shared text --> 00, uvarint bytes, UTF-8 | uvarint i: the same as the i-th text of the record that was written out
 * binding    --> uvarint slots passed over, zigzag(reference - reference before - 1)
 *                reference before starts at -1
 * sample     --> uvarint(zigzag(reference - reference before - 1) * 2 + t),   reference before starts at -1
 *                t = 1: zigzag(time - base time),
 *                value
 * histogram  --> uvarint(zigzag(reference - reference before - 1) * 16 + hint * 4 + f * 2 + t),
 *                hint: a number of {@link io.narthex.api.model.histogram.CounterResetHint}, f = 1: float counts
 *                t = 1: zigzag(time - base time),
 *                body of {@link HistogramRecord}
 * value      --> 00 | zn u8, n bytes: (bits xor base) >>> 8z, lowest byte first;  1 <= n <= 8, z + n <= 8
 * exemplar   --> uvarint reference, zigzag(time - base time), bits u64, uvarint k, (name, value)^k
 *                each text: uvarint bytes, UTF-8
 * </pre>
 *
 * <p>Definition {@code i} gives its series the reference {@code first reference + i} for the rest
 * of the segment. A binding says which series a slot of a panel is, before the first row of the
 * segment that names the slot. Row 0 is a base row; what is before it is sealed. The bytes of a row
 * are those of {@code io.narthex.storage.internal.panel.RowEncoder}. The base of a value is the
 * bits of the sample before of the same reference among the segment's samples, 0 for the first. For
 * use by one thread; to be used again and again.
 */
public final class CommitEncoder {
  static final int KIND_MORE = 2;
  static final int KIND_LAST = 3;

  static final int DEFINITIONS = 1;
  static final int BINDINGS = 2;
  static final int ROW = 3;
  static final int SAMPLES = 4;
  static final int EXEMPLARS = 5;
  static final int HISTOGRAMS = 6;
  static final int LATE_SAMPLES = 7;
  static final int LATE_HISTOGRAMS = 8;
  static final int DELETION = 9;
  static final int METADATA = 10;

  private final int partLimit;
  private final PartSink sink;
  private final ByteWriter records = new ByteWriter(4096);
  private final ByteWriter definitions = new ByteWriter(256);
  private final ByteWriter bindings = new ByteWriter(64);
  private final LooseWriter loose = new LooseWriter();
  private final ByteWriter exemplars = new ByteWriter(0);
  private final ByteWriter part = new ByteWriter(4096);
  private final Map<String, Integer> texts = new HashMap<>();
  private int parts;
  private int firstRef;
  private int definitionCount;
  private int bindingCount;
  private int bindingPanel;
  private int bindingSlot;
  private int bindingRef;
  private int exemplarCount;
  private boolean hasBaseTime;
  private long baseTime;

  /** Takes the parts of a commit in order. */
  @FunctionalInterface
  public interface PartSink {
    /**
     * The array is valid until the encoder goes on, so that of the last part until the next commit.
     */
    void part(byte[] bytes, int length, boolean last);
  }

  /**
   * An encoder that begins another part when one has reached the limit.
   *
   * @param partLimit in bytes; one record more may be in a part
   */
  public CommitEncoder(int partLimit, PartSink sink) {
    this.partLimit = partLimit;
    this.sink = sink;
  }

  /** Begins a commit; what was begun before and not finished is dropped. */
  public void begin(int nextRef) {
    parts = 0;
    firstRef = nextRef;
    beginPart();
  }

  /** Defines the series of the next reference. */
  public void define(Labels labels) {
    endBindings();
    if (isFull()) {
      flush(KIND_MORE);
    }
    definitions.uvarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      shared(labels.name(i));
      shared(labels.value(i));
    }
    definitionCount++;
  }

  /** Series of one source share most of their texts. */
  private void shared(String text) {
    Integer known = texts.putIfAbsent(text, texts.size() + 1);
    if (known != null) {
      definitions.uvarint(known);
    } else {
      definitions.u8(0);
      definitions.string(text);
    }
  }

  private static void write(ByteWriter out, Labels labels) {
    out.uvarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      out.string(labels.name(i));
      out.string(labels.value(i));
    }
  }

  /** Says that a slot is the series of a reference that is defined by now. Slots come in order. */
  public void bind(int panel, int slot, int ref) {
    endDefinitions();
    if (bindingCount > 0 && (bindingPanel != panel || slot < bindingSlot)) {
      endBindings();
    }
    if (bindingCount == 0) {
      bindingPanel = panel;
      bindingSlot = 0;
      bindingRef = -1;
    }
    bindings.uvarint(slot - bindingSlot);
    bindings.zigzag((long) ref - bindingRef - 1);
    bindingSlot = slot + 1;
    bindingRef = ref;
    bindingCount++;
  }

  /** Adds a row. */
  public void row(int panel, int number, long time, byte[] row, int length) {
    beginRecord();
    records.u8(ROW);
    records.uvarint(panel);
    records.uvarint(number);
    records.zigzag(time - baseTime(time));
    records.uvarint(length);
    records.raw(row, length);
  }

  /**
   * Adds a float that is in no row; rows do not follow.
   *
   * @param base the bits of the float before of this reference in the segment, or 0
   * @param isLate whether it came out of order
   */
  public void sample(int ref, long time, long bits, long base, boolean isLate) {
    int kind = isLate ? LATE_SAMPLES : SAMPLES;
    beginLoose(kind);
    loose.sample(kind, ref, time - baseTime(time), bits ^ base);
  }

  /** Adds a histogram; rows do not follow. */
  public void histogram(int ref, long time, NativeHistogram histogram, boolean isLate) {
    int kind = isLate ? LATE_HISTOGRAMS : HISTOGRAMS;
    beginLoose(kind);
    loose.histogram(kind, ref, time - baseTime(time), histogram);
  }

  private void beginLoose(int kind) {
    beginRecord();
    if (loose.isOther(kind)) {
      loose.end(records);
    }
  }

  /**
   * Says that a series shows no samples of a range of time any more; no samples are added with it.
   */
  public void delete(int ref, long from, long to) {
    beginRecord();
    records.u8(DELETION);
    records.uvarint(ref);
    records.zigzag(from - baseTime(from));
    records.uvarint(to - from);
  }

  /** Adds what is known of a metric. */
  public void metadata(MetricMetadata metadata) {
    beginRecord();
    records.u8(METADATA);
    records.string(metadata.family());
    records.string(metadata.type());
    records.string(metadata.unit());
    records.string(metadata.help());
  }

  private void beginRecord() {
    endDefinitions();
    endBindings();
    if (isFull()) {
      flush(KIND_MORE);
    }
  }

  /** Adds an exemplar of a reference that is defined by now; only exemplars may follow. */
  public void exemplar(int ref, Exemplar exemplar) {
    beginRecord();
    exemplars.uvarint(ref);
    exemplars.zigzag(exemplar.timestamp() - baseTime(exemplar.timestamp()));
    exemplars.littleEndian(Double.doubleToRawLongBits(exemplar.value()), 8);
    write(exemplars, exemplar.labels());
    exemplarCount++;
  }

  /** Ends the commit with its last part. */
  public void finish() {
    flush(KIND_LAST);
  }

  private long baseTime(long time) {
    if (!hasBaseTime) {
      hasBaseTime = true;
      baseTime = time;
    }
    return baseTime;
  }

  private boolean isFull() {
    return records.length() + definitions.length() + loose.length() + exemplars.length()
        >= partLimit;
  }

  private void endDefinitions() {
    if (definitionCount > 0) {
      records.u8(DEFINITIONS);
      records.uvarint(firstRef);
      end(definitionCount, definitions);
      firstRef += definitionCount;
      definitionCount = 0;
      texts.clear();
    }
  }

  private void endBindings() {
    if (bindingCount > 0) {
      records.u8(BINDINGS);
      records.uvarint(bindingPanel);
      end(bindingCount, bindings);
      bindingCount = 0;
    }
  }

  private void end(int count, ByteWriter written) {
    records.uvarint(count);
    records.raw(written.bytes(), written.length());
    written.clear();
  }

  private void flush(int kind) {
    endDefinitions();
    endBindings();
    loose.end(records);
    if (exemplarCount > 0) {
      records.u8(EXEMPLARS);
      end(exemplarCount, exemplars);
    }
    part.clear();
    part.u8(kind);
    part.uvarint(parts++);
    part.zigzag(baseTime);
    part.raw(records.bytes(), records.length());
    sink.part(part.bytes(), part.length(), kind == KIND_LAST);
    beginPart();
  }

  private void beginPart() {
    records.clear();
    definitions.clear();
    texts.clear();
    bindings.clear();
    loose.clear();
    exemplars.clear();
    definitionCount = 0;
    bindingCount = 0;
    exemplarCount = 0;
    hasBaseTime = false;
    baseTime = 0;
  }
}
