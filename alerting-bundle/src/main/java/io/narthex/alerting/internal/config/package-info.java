/** Reads and checks {@code alertmanager.yml}. */
@NullMarked
package io.narthex.alerting.internal.config;

import org.jspecify.annotations.NullMarked;
