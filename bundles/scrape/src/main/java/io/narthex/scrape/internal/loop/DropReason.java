package io.narthex.scrape.internal.loop;

/** Why a scrape was dropped. */
enum DropReason {
  NO_STORAGE("no_storage");

  private final String text;

  DropReason(String text) {
    this.text = text;
  }

  /** The value of the metric's label. */
  String text() {
    return text;
  }
}
