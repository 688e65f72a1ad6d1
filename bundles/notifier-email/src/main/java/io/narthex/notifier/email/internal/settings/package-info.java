/** What the configuration says about mail. */
@NullMarked
package io.narthex.notifier.email.internal.settings;

import org.jspecify.annotations.NullMarked;
