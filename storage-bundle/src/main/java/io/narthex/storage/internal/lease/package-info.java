/** Leases on a storage generation. */
@NullMarked
package io.narthex.storage.internal.lease;

import org.jspecify.annotations.NullMarked;
