/** Values every part shares: label sets, matchers, the stale marker. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
