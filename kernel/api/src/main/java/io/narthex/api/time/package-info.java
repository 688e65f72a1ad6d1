/** The clock of the process. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.time;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
