/** Durable logs on Chronicle Queue. */
@NullMarked
package io.narthex.storage.internal.log;

import org.jspecify.annotations.NullMarked;
