package io.narthex.notifier.email.internal.settings;

/** Which mails belong to one conversation. */
public enum Threading {
  /** Each stands for itself. */
  OFF,
  /** All of a group. */
  BY_GROUP,
  /** Those of a group on one day. */
  BY_GROUP_AND_DAY
}
