/** Takes pushed metrics and exposes them. */
@NullMarked
package io.narthex.pushgateway.internal;

import org.jspecify.annotations.NullMarked;
