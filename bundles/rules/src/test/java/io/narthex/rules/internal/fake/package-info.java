/** Services for tests. */
@NullMarked
package io.narthex.rules.internal.fake;

import org.jspecify.annotations.NullMarked;
