/** Native histograms: samples that hold a whole distribution. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.model.histogram;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
