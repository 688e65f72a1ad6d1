/** Notifiers: implement {@link io.narthex.spi.notify.NotifierFactory}. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.spi.notify;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
