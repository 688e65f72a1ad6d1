/** What rules store. */
@NullMarked
package io.narthex.rules.internal.series;

import org.jspecify.annotations.NullMarked;
