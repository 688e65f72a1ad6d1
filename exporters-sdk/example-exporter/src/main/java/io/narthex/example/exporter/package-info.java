/** An exporter to copy from: the metrics of a pretended printer. */
@NullMarked
package io.narthex.example.exporter;

import org.jspecify.annotations.NullMarked;
