package io.narthex.remote.internal.wire;

/**
 * Reads a {@code prometheus.WriteRequest} from its bytes, series by series, without an object for
 * what it finds. What it does not know it skips, as protobuf wants. Metadata is checked and counted
 * only. Not safe for use by several threads.
 *
 * <pre>
 * WriteRequest { repeated TimeSeries timeseries = 1; repeated MetricMetadata metadata = 3; }
 * TimeSeries   { repeated Label labels = 1; repeated Sample samples = 2;
 *                repeated Exemplar exemplars = 3; repeated Histogram histograms = 4; }
 * Label        { string name = 1; string value = 2; }
 * Exemplar     { repeated Label labels = 1; double value = 2; int64 timestamp = 3; }
 * MetricMetadata { enum type = 1; string metric_family_name = 2; string help = 4; string unit = 5; }
 * Sample       { double value = 1; int64 timestamp = 2; }
 * </pre>
 */
public final class WriteRequestReader {
  private static final int SERIES = 1;
  private static final int METADATA = 3;
  private static final int LABELS = 1;
  private static final int SAMPLES = 2;
  private static final int EXEMPLARS = 3;
  private static final int HISTOGRAMS = 4;

  private final WireReader wire = new WireReader();
  private int end;
  private int next;
  private int number;

  private int seriesStart;
  private int seriesEnd;
  private int labelsStart;
  private int labelsEnd;
  private int labels;
  private boolean labelsTogether;
  private int samples;
  private int histograms;
  private int exemplars;
  private int metadata;

  private int nextLabel;
  private int labelsLimit;
  private int nameStart;
  private int nameEnd;
  private int valueStart;
  private int valueEnd;

  private int nextSample;
  private int nextExemplar;
  private int exemplarStart;
  private int exemplarEnd;
  private long timestamp;
  private double value;

  /** Begins with the first {@code length} bytes. */
  public void start(byte[] bytes, int length) {
    wire.use(bytes);
    end = length;
    next = 0;
    number = 0;
    seriesEnd = 0;
    nextLabel = 0;
    nextSample = 0;
    nextExemplar = 0;
    metadata = 0;
  }

  /**
   * Goes to the next series.
   *
   * @return false at the end
   * @throws RefusedRequestException if the bytes are no such message
   */
  public boolean nextSeries() throws RefusedRequestException {
    wire.seek(next, "the write request", 0);
    while (wire.at() < end) {
      int tag = wire.tag(end);
      switch (WireReader.field(tag)) {
        case SERIES -> {
          int length = wire.message(tag, "Timeseries", end);
          number++;
          enterSeries(wire.at(), wire.at() + length);
          next = seriesEnd;
          return true;
        }
        case METADATA -> {
          int length = wire.message(tag, "Metadata", end);
          readMetadata(wire.at() + length);
        }
        default -> wire.skip(tag, end);
      }
    }
    next = end;
    return false;
  }

  private void readMetadata(int limit) throws RefusedRequestException {
    metadata++;
    while (wire.at() < limit) {
      int tag = wire.tag(limit);
      switch (WireReader.field(tag)) {
        case 1 -> wire.int64(tag, "Type", limit);
        case 2 -> wire.advance(wire.message(tag, "MetricFamilyName", limit), limit);
        case 4 -> wire.advance(wire.message(tag, "Help", limit), limit);
        case 5 -> wire.advance(wire.message(tag, "Unit", limit), limit);
        default -> wire.skip(tag, limit);
      }
    }
  }

  private void enterSeries(int start, int limit) throws RefusedRequestException {
    seriesStart = start;
    seriesEnd = limit;
    labels = 0;
    samples = 0;
    histograms = 0;
    exemplars = 0;
    labelsStart = start;
    labelsEnd = start;
    labelsTogether = true;
    wire.seek(start, "time series", number);
    while (wire.at() < limit) {
      int fieldStart = wire.at();
      int tag = wire.tag(limit);
      switch (WireReader.field(tag)) {
        case LABELS -> {
          wire.advance(wire.message(tag, "Labels", limit), limit);
          addLabel(fieldStart);
        }
        case SAMPLES -> {
          wire.advance(wire.message(tag, "Samples", limit), limit);
          samples++;
        }
        case EXEMPLARS -> {
          wire.advance(wire.message(tag, "Exemplars", limit), limit);
          exemplars++;
        }
        case HISTOGRAMS -> {
          wire.advance(wire.message(tag, "Histograms", limit), limit);
          histograms++;
        }
        default -> wire.skip(tag, limit);
      }
    }
    nextSample = start;
    nextExemplar = start;
    rewindLabels();
  }

  private void addLabel(int fieldStart) {
    if (labels == 0) {
      labelsStart = fieldStart;
    } else if (labelsEnd != fieldStart) {
      labelsTogether = false;
    }
    labelsEnd = wire.at();
    labels++;
  }

  /** How many labels the series has, duplicates among them. */
  public int labels() {
    return labels;
  }

  /** How many samples the series has. */
  public int samples() {
    return samples;
  }

  /** How many exemplars the series has. */
  public int exemplars() {
    return exemplars;
  }

  /** How much metadata came so far. */
  public int metadata() {
    return metadata;
  }

  /** How many native histograms the series has. */
  public int histograms() {
    return histograms;
  }

  /** Whether the labels stand together, so that their bytes alone say which series it is. */
  public boolean labelsTogether() {
    return labelsTogether;
  }

  /** Where the bytes of the labels begin. */
  public int labelsStart() {
    return labelsStart;
  }

  /** Where the bytes of the labels end. */
  public int labelsEnd() {
    return labelsEnd;
  }

  /** Goes back to before the first label of the series. */
  public void rewindLabels() {
    nextLabel = seriesStart;
    labelsLimit = seriesEnd;
  }

  /**
   * Goes to the next label of the series, or of the exemplar if that was asked for last.
   *
   * @return false at the end
   */
  public boolean nextLabel() throws RefusedRequestException {
    int label = find(LABELS, nextLabel, labelsLimit);
    if (label < 0) {
      nextLabel = labelsLimit;
      return false;
    }
    nextLabel = label;
    nameStart = 0;
    nameEnd = 0;
    valueStart = 0;
    valueEnd = 0;
    while (wire.at() < label) {
      int tag = wire.tag(label);
      switch (WireReader.field(tag)) {
        case 1 -> {
          int length = wire.message(tag, "Name", label);
          nameStart = wire.at();
          nameEnd = nameStart + length;
          wire.advance(length, label);
        }
        case 2 -> {
          int length = wire.message(tag, "Value", label);
          valueStart = wire.at();
          valueEnd = valueStart + length;
          wire.advance(length, label);
        }
        default -> wire.skip(tag, label);
      }
    }
    return true;
  }

  /** Where the name of the label begins. */
  public int nameStart() {
    return nameStart;
  }

  /** Where the name of the label ends. */
  public int nameEnd() {
    return nameEnd;
  }

  /** Where the value of the label begins. */
  public int valueStart() {
    return valueStart;
  }

  /** Where the value of the label ends. */
  public int valueEnd() {
    return valueEnd;
  }

  /**
   * Goes to the next sample of the series. It allocates nothing.
   *
   * @return false at the end
   */
  public boolean nextSample() throws RefusedRequestException {
    int sample = find(SAMPLES, nextSample, seriesEnd);
    if (sample < 0) {
      nextSample = seriesEnd;
      return false;
    }
    nextSample = sample;
    timestamp = 0;
    value = 0;
    while (wire.at() < sample) {
      int tag = wire.tag(sample);
      switch (WireReader.field(tag)) {
        case 1 -> value = wire.fixed64(tag, "Value", sample);
        case 2 -> timestamp = wire.int64(tag, "Timestamp", sample);
        default -> wire.skip(tag, sample);
      }
    }
    return true;
  }

  /**
   * Goes to the next exemplar of the series; {@link #nextLabel} then goes over its labels.
   *
   * @return false at the end
   */
  public boolean nextExemplar() throws RefusedRequestException {
    int exemplar = find(EXEMPLARS, nextExemplar, seriesEnd);
    if (exemplar < 0) {
      nextExemplar = seriesEnd;
      return false;
    }
    nextExemplar = exemplar;
    exemplarStart = wire.at();
    exemplarEnd = exemplar;
    timestamp = 0;
    value = 0;
    while (wire.at() < exemplar) {
      int tag = wire.tag(exemplar);
      switch (WireReader.field(tag)) {
        case LABELS -> wire.advance(wire.message(tag, "Labels", exemplar), exemplar);
        case 2 -> value = wire.fixed64(tag, "Value", exemplar);
        case 3 -> timestamp = wire.int64(tag, "Timestamp", exemplar);
        default -> wire.skip(tag, exemplar);
      }
    }
    rewindExemplarLabels();
    return true;
  }

  /** Goes back to before the first label of the exemplar. */
  public void rewindExemplarLabels() {
    nextLabel = exemplarStart;
    labelsLimit = exemplarEnd;
  }

  /** The timestamp of the sample or exemplar, in ms since 1970. */
  public long timestamp() {
    return timestamp;
  }

  /** The value of the sample or exemplar. */
  public double value() {
    return value;
  }

  /** Goes to the content of the next such field before a limit; its end, or -1. */
  private int find(int field, int from, int limit) throws RefusedRequestException {
    wire.seek(from);
    while (wire.at() < limit) {
      int tag = wire.tag(limit);
      if (WireReader.field(tag) == field) {
        return wire.length(limit) + wire.at();
      }
      wire.skip(tag, limit);
    }
    return -1;
  }
}
