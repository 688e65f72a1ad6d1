/** Serves the user interface: one small page for now. */
@NullMarked
package io.narthex.ui.internal;

import org.jspecify.annotations.NullMarked;
