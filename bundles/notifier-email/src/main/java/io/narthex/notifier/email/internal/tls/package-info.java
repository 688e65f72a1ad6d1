/** TLS as a configuration describes it. */
@NullMarked
package io.narthex.notifier.email.internal.tls;

import org.jspecify.annotations.NullMarked;
