/** The way of an alert from the rules to those who dispatch it. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.alerting;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
