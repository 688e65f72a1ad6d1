/** What components create outside themselves. */
@NullMarked
package io.narthex.runtime.internal.scope;

import org.jspecify.annotations.NullMarked;
