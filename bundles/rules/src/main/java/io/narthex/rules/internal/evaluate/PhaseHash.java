package io.narthex.rules.internal.evaluate;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The hash by which upstream spreads groups over their interval: XXH64 with seed 0 over the labels
 * {@code file} and {@code name} in the memory layout of upstream's label sets, in which each string
 * stands behind its length.
 */
final class PhaseHash {
  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;
  private static final int STRIPE = 32;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private PhaseHash() {}

  static long of(String file, String name) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (String string : new String[] {"file", file, "name", name}) {
      append(data, string.getBytes(StandardCharsets.UTF_8));
    }
    return xxh64(data.toByteArray());
  }

  private static void append(ByteArrayOutputStream data, byte[] string) {
    if (string.length < 255) {
      data.write(string.length);
    } else {
      data.write(255);
      data.write(string.length);
      data.write(string.length >> 8);
      data.write(string.length >> 16);
    }
    data.writeBytes(string);
  }

  static long xxh64(byte[] data) {
    int at = 0;
    long h = P5;
    if (data.length >= STRIPE) {
      // The first is the sum of the first two primes, which overflows.
      long[] lanes = {0x60EA27EEADC0B5D6L, P2, 0, -P1};
      for (; at <= data.length - STRIPE; at += STRIPE) {
        for (int i = 0; i < lanes.length; i++) {
          lanes[i] = round(lanes[i], (long) LONGS.get(data, at + 8 * i));
        }
      }
      h = 0;
      int[] turns = {1, 7, 12, 18};
      for (int i = 0; i < lanes.length; i++) {
        h += Long.rotateLeft(lanes[i], turns[i]);
      }
      for (long lane : lanes) {
        h = (h ^ round(0, lane)) * P1 + P4;
      }
    }
    return avalanche(tail(h + data.length, data, at));
  }

  private static long tail(long hash, byte[] data, int from) {
    long h = hash;
    int at = from;
    for (; at <= data.length - 8; at += 8) {
      h = Long.rotateLeft(h ^ round(0, (long) LONGS.get(data, at)), 27) * P1 + P4;
    }
    if (at <= data.length - 4) {
      h = Long.rotateLeft(h ^ ((int) INTS.get(data, at) & 0xFFFFFFFFL) * P1, 23) * P2 + P3;
      at += 4;
    }
    for (; at < data.length; at++) {
      h = Long.rotateLeft(h ^ (data[at] & 0xFF) * P5, 11) * P1;
    }
    return h;
  }

  private static long avalanche(long hash) {
    long h = (hash ^ hash >>> 33) * P2;
    h = (h ^ h >>> 29) * P3;
    return h ^ h >>> 32;
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * P2, 31) * P1;
  }
}
