/** Go's text templates, as far as alert texts need them. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.template;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
