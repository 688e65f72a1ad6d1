/** The labels of series, and which series have a label: outside of the Java heap. */
@NullMarked
package io.narthex.storage.internal.labels;

import org.jspecify.annotations.NullMarked;
