/** Named places at which tests stop, break or delay the storage. */
@NullMarked
package io.narthex.storage.internal.failpoint;

import org.jspecify.annotations.NullMarked;
