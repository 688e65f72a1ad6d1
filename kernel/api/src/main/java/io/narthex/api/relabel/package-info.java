/** Relabelling: rules that rewrite, keep or drop a set of labels. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.relabel;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
