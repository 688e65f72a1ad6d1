/** The way out: matchers, series sets and cursors over the head. */
@NullMarked
package io.narthex.storage.internal.query;

import org.jspecify.annotations.NullMarked;
