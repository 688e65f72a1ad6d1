/** Alerts: their states, their texts, and how their clocks go on after a restart. */
@NullMarked
package io.narthex.rules.internal.alert;

import org.jspecify.annotations.NullMarked;
