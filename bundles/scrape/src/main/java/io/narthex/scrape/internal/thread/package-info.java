/** The threads that scrape: each runs its timers, tasks and channels, one after the other. */
@NullMarked
package io.narthex.scrape.internal.thread;

import org.jspecify.annotations.NullMarked;
