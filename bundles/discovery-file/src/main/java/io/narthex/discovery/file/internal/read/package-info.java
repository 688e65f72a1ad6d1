/** Reads files of target groups and says what is wrong with them. */
@NullMarked
package io.narthex.discovery.file.internal.read;

import org.jspecify.annotations.NullMarked;
