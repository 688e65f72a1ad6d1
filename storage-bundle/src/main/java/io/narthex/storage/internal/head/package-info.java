/**
 * The head: series, their labels and their chunks in memory, and how a document is applied to them.
 */
@NullMarked
package io.narthex.storage.internal.head;

import org.jspecify.annotations.NullMarked;
