/** Drop-ins that answer HTTP: implement {@link io.narthex.spi.http.RouteProvider}. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.spi.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
