/** Reload and quit, if the flag allows them. */
@NullMarked
package io.narthex.http.api.internal.lifecycle;

import org.jspecify.annotations.NullMarked;
