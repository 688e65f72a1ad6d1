/** Decodes the sections of prometheus.yml. */
@NullMarked
package io.narthex.config.internal.prometheus;

import org.jspecify.annotations.NullMarked;
