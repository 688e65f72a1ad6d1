/** The functions of templates, one class per family, and one registry per dialect. */
@NullMarked
package io.narthex.templates.internal.function;

import org.jspecify.annotations.NullMarked;
