/** Notifies by webhook. */
@NullMarked
package io.narthex.notifier.webhook.internal;

import org.jspecify.annotations.NullMarked;
