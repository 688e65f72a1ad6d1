/** Keeps one scrape loop for each target. */
@NullMarked
package io.narthex.scrape.internal;

import org.jspecify.annotations.NullMarked;
