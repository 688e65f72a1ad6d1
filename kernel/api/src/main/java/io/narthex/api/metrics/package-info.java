/** Metrics about Narthex itself. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.metrics;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
