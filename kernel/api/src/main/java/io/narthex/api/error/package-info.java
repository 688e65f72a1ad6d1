/** Errors with a code: what went wrong, and what kind of fault it was. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.error;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
