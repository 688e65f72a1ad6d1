package io.narthex.tck.log;

/** When appends are done. May be used from any thread. */
interface Delays {
  /** Does everything at once. */
  Delays NONE =
      new Delays() {
        @Override
        public void run(int partition, Runnable task) {
          task.run();
        }

        @Override
        public void awaitAll() {}

        @Override
        public void close() {}
      };

  /** Has something run when its time has come. */
  void run(int partition, Runnable task);

  /** Waits until everything has run that was given before. */
  void awaitAll();

  /** Runs what is left without more delay, and ends. */
  void close();
}
