/** What is to be scraped, and who holds the list. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.target;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
