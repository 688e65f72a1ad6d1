/** Serves the user interface, whose pages are built from {@code src/main/ui}. */
@NullMarked
package io.narthex.ui.internal;

import org.jspecify.annotations.NullMarked;
