/** Sealed panels: rows of many slots turned into columns, each in its smallest encoding. */
@NullMarked
package io.narthex.storage.internal.column;

import org.jspecify.annotations.NullMarked;
