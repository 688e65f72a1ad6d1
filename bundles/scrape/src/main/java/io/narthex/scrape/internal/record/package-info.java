/** What becomes of what a target exposed: its series, their samples, and when they end. */
@NullMarked
package io.narthex.scrape.internal.record;

import org.jspecify.annotations.NullMarked;
