/** Who may use the console, and from where. */
@NullMarked
package io.narthex.console.internal.access;

import org.jspecify.annotations.NullMarked;
