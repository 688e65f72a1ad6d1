/** Finds the configuration at start and puts it in force. */
@NullMarked
package io.narthex.config.internal;

import org.jspecify.annotations.NullMarked;
