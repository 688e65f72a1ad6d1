package io.narthex.storage.internal.query;

import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.api.storage.SampleKind;
import io.narthex.storage.internal.chunk.ChunkReader;
import io.narthex.storage.internal.chunk.FloatHistogramEncoder;
import io.narthex.storage.internal.chunk.HistogramEncoder;
import io.narthex.storage.internal.chunk.XorDecoder;
import io.narthex.storage.internal.series.Chunk;

/** Samples in chunks that follow each other. To be used again and again, by one thread. */
final class ChunkSource extends SampleSource {
  private static final Chunk[] NONE = {};

  private final long minTime;
  private final long maxTime;
  private final Runnable check;
  private final ChunkReader reader = new ChunkReader();
  private Chunk[] chunks = NONE;
  private int next;

  /**
   * Without chunks.
   *
   * @param check called now and then; what it throws ends the reading
   */
  ChunkSource(long minTime, long maxTime, Runnable check) {
    this.minTime = minTime;
    this.maxTime = maxTime;
    this.check = check;
  }

  void reset(Chunk[] of) {
    chunks = of;
    next = 0;
    reader.clear();
  }

  @Override
  boolean advance() {
    while (reader.remaining() > 0 || open()) {
      reader.next();
      long time = reader.time();
      if (time > maxTime) {
        end();
        return false;
      }
      if (time >= minTime) {
        return true;
      }
    }
    return false;
  }

  /** Begins the next chunk; false if there is none. */
  private boolean open() {
    check.run();
    if (next == chunks.length) {
      return false;
    }
    chunks[next++].readBy(reader);
    return true;
  }

  private void end() {
    next = chunks.length;
    reader.clear();
  }

  /** Copies the next floats, without histograms; gives how many, 0 at the end. */
  int read(long[] timestamps, double[] values, int offset, int length) {
    check.run();
    XorDecoder floats = reader.floats();
    int n = 0;
    while (n < length) {
      if (!reader.hasFloats() || floats.remaining() == 0) {
        if (!open()) {
          break;
        }
        continue;
      }
      floats.next();
      long time = floats.time();
      if (time > maxTime) {
        end();
        break;
      }
      if (time >= minTime) {
        timestamps[offset + n] = time;
        values[offset + n++] = floats.value();
      }
    }
    return n;
  }

  @Override
  long time() {
    return reader.time();
  }

  @Override
  SampleKind kind() {
    return switch (reader.encoding()) {
      case HistogramEncoder.ENCODING -> SampleKind.HISTOGRAM;
      case FloatHistogramEncoder.ENCODING -> SampleKind.FLOAT_HISTOGRAM;
      default -> SampleKind.FLOAT;
    };
  }

  @Override
  double value() {
    return reader.value();
  }

  @Override
  NativeHistogram histogram() {
    return reader.histogram();
  }
}
