/** What templates write: plain text, or HTML in which values are never more than values. */
@NullMarked
package io.narthex.templates.internal.output;

import org.jspecify.annotations.NullMarked;
