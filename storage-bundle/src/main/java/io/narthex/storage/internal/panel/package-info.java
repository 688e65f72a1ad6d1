/**
 * Panels: the series that one source appends together, their rows while they are open, and what
 * becomes of them when they are sealed.
 */
@NullMarked
package io.narthex.storage.internal.panel;

import org.jspecify.annotations.NullMarked;
