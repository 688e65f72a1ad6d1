/** Brings the Felix web console where somebody is allowed to use it, and takes it away again. */
@NullMarked
package io.narthex.console.internal;

import org.jspecify.annotations.NullMarked;
