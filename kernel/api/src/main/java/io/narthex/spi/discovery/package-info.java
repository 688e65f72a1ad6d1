/**
 * What a service discovery implements: it owns a key of the configuration and produces target
 * groups.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.spi.discovery;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
