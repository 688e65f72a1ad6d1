/** The HTTP API v2 of the Alertmanager. */
@NullMarked
package io.narthex.alerting.internal.api;

import org.jspecify.annotations.NullMarked;
