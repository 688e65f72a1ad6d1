package io.narthex.storage.internal.labels;

/**
 * Ids of series in rising order, each once. For one thread; allocates nothing for an id. Stays
 * valid while the reader that opened it is open.
 */
public abstract class PostingsCursor {
  /** What is given after the last id. */
  public static final int END = Integer.MAX_VALUE;

  static final PostingsCursor EMPTY =
      new PostingsCursor() {
        @Override
        public int next() {
          return END;
        }

        @Override
        public int seek(int atLeast) {
          return END;
        }

        @Override
        public long estimate() {
          return 0;
        }
      };

  /** The next id, or {@link #END}. */
  public abstract int next();

  /** The next id, after those that were given, that is not below this one, or {@link #END}. */
  public abstract int seek(int atLeast);

  /** About how many ids there are in all; hardly ever too low. */
  public abstract long estimate();
}
