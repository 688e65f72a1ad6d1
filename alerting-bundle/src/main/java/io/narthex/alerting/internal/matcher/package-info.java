/** Conditions on the labels of alerts, in the syntax of {@code alertmanager.yml} and the API. */
@NullMarked
package io.narthex.alerting.internal.matcher;

import org.jspecify.annotations.NullMarked;
