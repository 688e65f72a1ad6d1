/** Contract tests for {@link io.narthex.spi.exporter}. */
@NullMarked
package io.narthex.tck.exporter;

import org.jspecify.annotations.NullMarked;
