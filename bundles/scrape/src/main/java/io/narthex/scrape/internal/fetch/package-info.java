/** Gets the bytes that a target exposes. */
@NullMarked
package io.narthex.scrape.internal.fetch;

import org.jspecify.annotations.NullMarked;
