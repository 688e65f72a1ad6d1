package io.narthex.storage.internal.query;

import io.narthex.storage.internal.series.Chunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Puts chunks that may overlap into few chains in which none do. */
final class Chains {
  private Chains() {}

  static List<Chunk[]> of(Chunk[] chunks) {
    if (chunks.length == 0) {
      return List.of();
    }
    Chunk[] sorted = chunks.clone();
    Arrays.sort(sorted, Comparator.comparingLong(Chunk::minTime));
    List<List<Chunk>> chains = new ArrayList<>();
    for (Chunk chunk : sorted) {
      chain(chains, chunk).add(chunk);
    }
    return chains.stream().map(chain -> chain.toArray(Chunk[]::new)).toList();
  }

  private static List<Chunk> chain(List<List<Chunk>> chains, Chunk chunk) {
    for (List<Chunk> chain : chains) {
      if (chain.getLast().maxTime() < chunk.minTime()) {
        return chain;
      }
    }
    chains.add(new ArrayList<>());
    return chains.getLast();
  }
}
