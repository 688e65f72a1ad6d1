/** Contract tests for {@link io.narthex.spi.log}. */
@NullMarked
package io.narthex.tck.log;

import org.jspecify.annotations.NullMarked;
