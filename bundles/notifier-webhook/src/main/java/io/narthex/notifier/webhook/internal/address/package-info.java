/** Where it is sent: URLs that are secrets, and may be templates. */
@NullMarked
package io.narthex.notifier.webhook.internal.address;

import org.jspecify.annotations.NullMarked;
