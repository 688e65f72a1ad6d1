/** Drop-ins that are scraped: implement {@link io.narthex.spi.exporter.Exporter}. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.spi.exporter;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
