/** When the server is ready, and what is missing while it is not. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.readiness;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
