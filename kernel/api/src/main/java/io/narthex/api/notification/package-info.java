/** Notes to the operator about the state of the server, shown by the UI. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.api.notification;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
