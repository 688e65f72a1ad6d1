/** Log lines in upstream's keys, as logfmt or JSON, for everything in the process. */
@NullMarked
package io.narthex.launcher.logging;

import org.jspecify.annotations.NullMarked;
