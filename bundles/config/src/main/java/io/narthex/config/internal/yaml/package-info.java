/** Reads YAML into a tree that knows where everything stands. */
@NullMarked
package io.narthex.config.internal.yaml;

import org.jspecify.annotations.NullMarked;
