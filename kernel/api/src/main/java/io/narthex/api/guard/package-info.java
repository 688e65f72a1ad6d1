/** Calling services of drop-ins so that their failures stay theirs. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.guard;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
