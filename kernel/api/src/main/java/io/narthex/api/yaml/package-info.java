/** YAML to and from nodes that know their place, in the one reading that all files of ours have. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.yaml;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
