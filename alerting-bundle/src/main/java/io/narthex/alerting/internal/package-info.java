/** The Alertmanager: routing, grouping, inhibition, silences, notifications. */
@NullMarked
package io.narthex.alerting.internal;

import org.jspecify.annotations.NullMarked;
