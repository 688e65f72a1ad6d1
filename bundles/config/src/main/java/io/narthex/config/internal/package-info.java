/** Loads the configuration at the start and when asked to, and puts it in force. */
@NullMarked
package io.narthex.config.internal;

import org.jspecify.annotations.NullMarked;
