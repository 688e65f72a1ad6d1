/** The groups of pushed metrics: their keys, checks and durable form. */
@NullMarked
package io.narthex.pushgateway.internal.group;

import org.jspecify.annotations.NullMarked;
