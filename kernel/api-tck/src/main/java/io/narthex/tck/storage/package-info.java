/** Contract tests for {@link io.narthex.api.storage}. */
@NullMarked
package io.narthex.tck.storage;

import org.jspecify.annotations.NullMarked;
