/** What most implementations of service discovery share: finding targets again and again. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.spi.discovery.support;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
