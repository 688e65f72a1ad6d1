/** Files of rules: from their text to checked definitions. */
@NullMarked
package io.narthex.rules.internal.file;

import org.jspecify.annotations.NullMarked;
