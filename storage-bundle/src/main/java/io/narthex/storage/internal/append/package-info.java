/** The way in: appenders, and the critical section that checks, logs and applies a commit. */
@NullMarked
package io.narthex.storage.internal.append;

import org.jspecify.annotations.NullMarked;
