/** The contract of {@link io.narthex.spi.notify.NotifierFactory}. */
@NullMarked
package io.narthex.tck.notify;

import org.jspecify.annotations.NullMarked;
