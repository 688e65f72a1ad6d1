/** Small state that survives: implement {@link io.narthex.spi.state.KeyedLogStore}. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.spi.state;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
