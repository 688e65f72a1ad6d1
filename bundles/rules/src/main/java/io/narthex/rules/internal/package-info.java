/** Evaluates recording and alerting rules. */
@NullMarked
package io.narthex.rules.internal;

import org.jspecify.annotations.NullMarked;
