/** Services for tests. */
@NullMarked
package io.narthex.http.api.internal.fake;

import org.jspecify.annotations.NullMarked;
