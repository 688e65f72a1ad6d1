/** The storage as a component: replay, service, retention, metrics. */
@NullMarked
package io.narthex.storage.internal.engine;

import org.jspecify.annotations.NullMarked;
