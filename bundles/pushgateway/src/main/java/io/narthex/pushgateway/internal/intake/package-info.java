/** Reads pushed bodies: the text format and delimited protobuf. */
@NullMarked
package io.narthex.pushgateway.internal.intake;

import org.jspecify.annotations.NullMarked;
