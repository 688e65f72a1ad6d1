/** What was done in the console, and by whom. */
@NullMarked
package io.narthex.console.internal.audit;

import org.jspecify.annotations.NullMarked;
