/** Durable logs: implement {@link io.narthex.spi.log.LogStore}. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.spi.log;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
