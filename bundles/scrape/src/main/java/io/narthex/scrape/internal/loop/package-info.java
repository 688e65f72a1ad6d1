/** Scrapes one target: when, and what becomes of what it exposes. */
@NullMarked
package io.narthex.scrape.internal.loop;

import org.jspecify.annotations.NullMarked;
