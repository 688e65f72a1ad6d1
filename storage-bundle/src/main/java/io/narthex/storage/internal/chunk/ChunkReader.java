package io.narthex.storage.internal.chunk;

import io.narthex.api.model.histogram.NativeHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Reads chunks of any encoding, sample by sample; to be used again and again, by one thread. The
 * bytes of floats must be whole, see {@link XorDecoder}.
 */
public final class ChunkReader {
  private static final byte[] NOTHING = {};

  private final XorDecoder floats = new XorDecoder();
  private @Nullable HistogramDecoder histograms;
  private @Nullable FloatHistogramDecoder floatHistograms;
  private int encoding = XorEncoder.ENCODING;

  /** Whether chunks of an encoding can be read. */
  public static boolean knows(int encoding) {
    return encoding >= XorEncoder.ENCODING && encoding <= FloatHistogramEncoder.ENCODING;
  }

  /**
   * Begins a chunk.
   *
   * @param samples how many to read; the chunk may hold more
   */
  public void reset(int ofEncoding, byte[] chunk, int samples) {
    encoding = ofEncoding;
    switch (ofEncoding) {
      case XorEncoder.ENCODING -> floats.reset(chunk, samples);
      case HistogramEncoder.ENCODING -> histograms().reset(chunk, samples);
      case FloatHistogramEncoder.ENCODING -> floatHistograms().reset(chunk, samples);
      default -> throw new BadChunkException("a chunk of encoding %d".formatted(ofEncoding));
    }
  }

  /** Begins a chunk without samples. */
  public void clear() {
    encoding = XorEncoder.ENCODING;
    floats.reset(NOTHING, 0);
  }

  private HistogramDecoder histograms() {
    HistogramDecoder made = histograms;
    if (made == null) {
      made = new HistogramDecoder();
      histograms = made;
    }
    return made;
  }

  private FloatHistogramDecoder floatHistograms() {
    FloatHistogramDecoder made = floatHistograms;
    if (made == null) {
      made = new FloatHistogramDecoder();
      floatHistograms = made;
    }
    return made;
  }

  /** The encoding of the chunk. */
  public int encoding() {
    return encoding;
  }

  /** Whether it holds floats. */
  public boolean hasFloats() {
    return encoding == XorEncoder.ENCODING;
  }

  /** Reads floats many at a time, where {@link #hasFloats}. */
  public XorDecoder floats() {
    return floats;
  }

  /** How many samples are left. */
  public int remaining() {
    return switch (encoding) {
      case HistogramEncoder.ENCODING -> histograms().remaining();
      case FloatHistogramEncoder.ENCODING -> floatHistograms().remaining();
      default -> floats.remaining();
    };
  }

  /** Reads the next sample, which must be there. */
  public void next() {
    switch (encoding) {
      case HistogramEncoder.ENCODING -> histograms().next();
      case FloatHistogramEncoder.ENCODING -> floatHistograms().next();
      default -> floats.next();
    }
  }

  /** The time of the sample last read. */
  public long time() {
    return switch (encoding) {
      case HistogramEncoder.ENCODING -> histograms().time();
      case FloatHistogramEncoder.ENCODING -> floatHistograms().time();
      default -> floats.time();
    };
  }

  /** The value of the sample last read, which is a float. */
  public double value() {
    return floats.value();
  }

  /** The sample last read, which is a histogram; made anew by each call. */
  public NativeHistogram histogram() {
    return switch (encoding) {
      case HistogramEncoder.ENCODING -> histograms().histogram();
      case FloatHistogramEncoder.ENCODING -> floatHistograms().histogram();
      default -> throw new IllegalStateException("a chunk of floats has no histograms");
    };
  }
}
