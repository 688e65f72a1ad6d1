/** Parses the text exposition format. */
@NullMarked
package io.narthex.scrape.internal.text;

import org.jspecify.annotations.NullMarked;
