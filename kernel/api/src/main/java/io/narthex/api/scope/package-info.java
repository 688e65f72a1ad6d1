/** What a component creates outside itself, closed when it stops. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.scope;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
