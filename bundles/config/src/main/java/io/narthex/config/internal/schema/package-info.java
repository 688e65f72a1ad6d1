/**
 * The keys of prometheus.yml as data: reads a mapping by its description, with defaults, and shows
 * it.
 */
@NullMarked
package io.narthex.config.internal.schema;

import org.jspecify.annotations.NullMarked;
