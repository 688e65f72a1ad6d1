/** Runs the tree of a template on data. */
@NullMarked
package io.narthex.templates.internal.execute;

import org.jspecify.annotations.NullMarked;
