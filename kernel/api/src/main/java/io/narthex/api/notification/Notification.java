package io.narthex.api.notification;

import java.time.Instant;

/** Something the operator should know, since when. */
public record Notification(String id, String text, Instant since) {}
