/** The process: its clock, its command line, its end. */
@NullMarked
package io.narthex.runtime.internal.process;

import org.jspecify.annotations.NullMarked;
