package io.narthex.storage.internal.labels;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Unions, intersections and differences of postings. What is given to them is used up by them. */
public final class PostingsSets {
  /** More are not merged but collected in a bit for each series. */
  private static final int FEW = 4;

  private PostingsSets() {}

  /** The ids that are in all; at least one is needed. */
  public static PostingsCursor intersection(List<PostingsCursor> of) {
    if (of.size() == 1) {
      return of.getFirst();
    }
    PostingsCursor[] cursors = of.toArray(PostingsCursor[]::new);
    Arrays.sort(cursors, Comparator.comparingLong(PostingsCursor::estimate));
    return new Intersection(cursors);
  }

  /** The ids that are in the first but not in the second. */
  public static PostingsCursor difference(PostingsCursor of, PostingsCursor without) {
    return new Difference(of, without);
  }

  /** The ids that are in any. */
  public static PostingsCursor union(List<PostingsCursor> of) {
    return switch (of.size()) {
      case 0 -> PostingsCursor.EMPTY;
      case 1 -> of.getFirst();
      default -> of.size() <= FEW ? new Union(of.toArray(PostingsCursor[]::new)) : new Bits(of);
    };
  }

  private static final class Intersection extends PostingsCursor {
    private final PostingsCursor[] cursors;
    private final int[] at;

    Intersection(PostingsCursor[] cursors) {
      this.cursors = cursors;
      this.at = new int[cursors.length];
      Arrays.fill(at, -1);
    }

    @Override
    public int next() {
      return agree(cursors[0].next());
    }

    @Override
    public int seek(int atLeast) {
      return agree(cursors[0].seek(atLeast));
    }

    private int agree(int first) {
      int wanted = first;
      int i = 1;
      while (wanted != END && i < cursors.length) {
        if (at[i] < wanted) {
          at[i] = cursors[i].seek(wanted);
        }
        if (at[i] == wanted) {
          i++;
        } else {
          wanted = at[i] == END ? END : cursors[0].seek(at[i]);
          i = 1;
        }
      }
      return wanted;
    }

    @Override
    public long estimate() {
      return cursors[0].estimate();
    }
  }

  private static final class Difference extends PostingsCursor {
    private final PostingsCursor of;
    private final PostingsCursor without;
    private int left = -1;

    Difference(PostingsCursor of, PostingsCursor without) {
      this.of = of;
      this.without = without;
    }

    @Override
    public int next() {
      return pass(of.next());
    }

    @Override
    public int seek(int atLeast) {
      return pass(of.seek(atLeast));
    }

    private int pass(int first) {
      int id = first;
      while (id != END) {
        if (left < id) {
          left = without.seek(id);
        }
        if (left != id) {
          return id;
        }
        id = of.next();
      }
      return END;
    }

    @Override
    public long estimate() {
      return of.estimate();
    }
  }

  private static final class Union extends PostingsCursor {
    private final PostingsCursor[] cursors;
    private final int[] at;
    private final long estimate;

    Union(PostingsCursor[] cursors) {
      this.cursors = cursors;
      this.at = new int[cursors.length];
      Arrays.fill(at, -1);
      this.estimate = Arrays.stream(cursors).mapToLong(PostingsCursor::estimate).sum();
    }

    private int last = -1;

    @Override
    public int next() {
      return last == END ? END : seek(last + 1);
    }

    @Override
    public int seek(int atLeast) {
      int from = last == END ? END : Math.max(last + 1, atLeast);
      int least = END;
      for (int i = 0; i < cursors.length; i++) {
        if (at[i] < from) {
          at[i] = cursors[i].seek(from);
        }
        least = Math.min(least, at[i]);
      }
      last = least;
      return least;
    }

    @Override
    public long estimate() {
      return estimate;
    }
  }

  /** Many postings at once, a bit for each id. */
  private static final class Bits extends PostingsCursor {
    private long[] words = new long[64];
    private final long count;
    private int next;

    Bits(List<PostingsCursor> of) {
      for (PostingsCursor cursor : of) {
        for (int id = cursor.next(); id != END; id = cursor.next()) {
          if (id >>> 6 >= words.length) {
            words = Arrays.copyOf(words, Math.max(id / 64 + 1, words.length * 2));
          }
          words[id >>> 6] |= 1L << id;
        }
      }
      long ids = 0;
      for (long word : words) {
        ids += Long.bitCount(word);
      }
      count = ids;
    }

    @Override
    public int next() {
      return seek(next);
    }

    @Override
    public int seek(int atLeast) {
      int from = Math.max(atLeast, next);
      int word = from >>> 6;
      if (word < words.length) {
        long bits = words[word] & -1L << from;
        while (bits == 0 && ++word < words.length) {
          bits = words[word];
        }
        if (bits != 0) {
          int id = word * 64 + Long.numberOfTrailingZeros(bits);
          next = id + 1;
          return id;
        }
      }
      next = END;
      return END;
    }

    @Override
    public long estimate() {
      return count;
    }
  }
}
