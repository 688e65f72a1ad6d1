/**
 * Sections of configuration files: what was read, where it stood, and a reader that reports all
 * that is wrong with it.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.section;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
