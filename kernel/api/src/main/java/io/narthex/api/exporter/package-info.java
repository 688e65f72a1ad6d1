/** Collecting from the exporters that run inside the process. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.exporter;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
