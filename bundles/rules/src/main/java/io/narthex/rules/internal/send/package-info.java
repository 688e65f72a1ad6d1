/** The way of alerts to who dispatches them. */
@NullMarked
package io.narthex.rules.internal.send;

import org.jspecify.annotations.NullMarked;
