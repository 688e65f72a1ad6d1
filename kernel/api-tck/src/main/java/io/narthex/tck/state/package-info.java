/** What every keeper of keyed state must do. */
@NullMarked
package io.narthex.tck.state;

import org.jspecify.annotations.NullMarked;
