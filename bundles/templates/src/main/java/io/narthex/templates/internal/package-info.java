/** Go's text templates, for the texts of alerts. */
@NullMarked
package io.narthex.templates.internal;

import org.jspecify.annotations.NullMarked;
