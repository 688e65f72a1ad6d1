/** Our own tabs of the console. */
@NullMarked
package io.narthex.console.internal.tab;

import org.jspecify.annotations.NullMarked;
