package io.narthex.storage.internal.log;

/** Is told how the named readers of logs are, for metrics. Called under locks: it is quick. */
interface ReaderEvents {
  /** Nobody wants to know. */
  ReaderEvents NONE =
      new ReaderEvents() {
        @Override
        public void held(String log, String reader, long bytes) {}

        @Override
        public void cutLoose(String log, String reader) {}

        @Override
        public void removed(String log, String reader) {}
      };

  /** So much is kept for a reader alone. */
  void held(String log, String reader, long bytes);

  /** A reader lost documents. */
  void cutLoose(String log, String reader);

  /** A reader is no more. */
  void removed(String log, String reader);
}
