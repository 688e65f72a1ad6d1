/** Exporters made of the official Prometheus Java client. */
@NullMarked
package io.narthex.exporters.sdk.osgi;

import org.jspecify.annotations.NullMarked;
