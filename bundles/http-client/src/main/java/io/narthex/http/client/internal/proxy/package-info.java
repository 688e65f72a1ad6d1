/** Decides which proxy a request goes through. */
@NullMarked
package io.narthex.http.client.internal.proxy;

import org.jspecify.annotations.NullMarked;
