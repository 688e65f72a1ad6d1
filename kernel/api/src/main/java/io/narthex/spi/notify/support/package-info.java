/** What notifiers share: what templates see of a notification, and whom we are like. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.spi.notify.support;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
