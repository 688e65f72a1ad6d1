/** Which formats are asked for and in which one a target answered. */
@NullMarked
package io.narthex.scrape.internal.format;

import org.jspecify.annotations.NullMarked;
