/** Self-metrics by the official Java client, and the page that shows them. */
@NullMarked
package io.narthex.runtime.internal.metrics;

import org.jspecify.annotations.NullMarked;
