package io.narthex.pushgateway.internal.group;

/** What became of a push, a deletion or a wipe. */
public sealed interface PushOutcome {
  /** It is done, and kept. */
  record Done() implements PushOutcome {}

  /** It is wrong, or inconsistent with what is there. */
  record Refused(String reason) implements PushOutcome {}

  /** There is no room for it. */
  record Full(String reason) implements PushOutcome {}

  /** It cannot be kept now; it may be sent again. */
  record Unavailable(String reason) implements PushOutcome {}

  /** It could not be written. */
  record Failed(String reason) implements PushOutcome {}
}
