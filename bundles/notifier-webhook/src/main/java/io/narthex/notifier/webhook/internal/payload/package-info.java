/** What is sent: upstream's JSON, as Go writes it. */
@NullMarked
package io.narthex.notifier.webhook.internal.payload;

import org.jspecify.annotations.NullMarked;
