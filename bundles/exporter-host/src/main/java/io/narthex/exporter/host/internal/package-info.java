/**
 * Finds exporters inside the process, publishes each as a target and collects from them inside the
 * guard.
 */
@NullMarked
package io.narthex.exporter.host.internal;

import org.jspecify.annotations.NullMarked;
