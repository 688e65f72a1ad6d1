/** What comes over the wire: headers, Snappy blocks, and the protobuf message in them. */
@NullMarked
package io.narthex.remote.internal.wire;

import org.jspecify.annotations.NullMarked;
