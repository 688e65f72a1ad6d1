/** Notes to the operator: the list, and the stream of them. */
@NullMarked
package io.narthex.http.api.internal.notification;

import org.jspecify.annotations.NullMarked;
