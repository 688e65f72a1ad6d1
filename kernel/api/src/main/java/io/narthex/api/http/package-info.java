/**
 * The platform's HTTP client: how a connection is made, authorized and secured, and what comes
 * back.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
