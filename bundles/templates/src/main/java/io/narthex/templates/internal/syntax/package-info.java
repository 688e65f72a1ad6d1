/** The text of a template to its tree. */
@NullMarked
package io.narthex.templates.internal.syntax;

import org.jspecify.annotations.NullMarked;
