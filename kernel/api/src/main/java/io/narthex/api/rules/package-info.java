/** The rules that are evaluated, for who shows them. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.rules;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
