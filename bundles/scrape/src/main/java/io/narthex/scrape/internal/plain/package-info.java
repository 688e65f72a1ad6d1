/**
 * A reader of plain HTTP/1.1 answers, for targets that need nothing more: a request goes out, and
 * its answer is read, parsed and stored on one thread without a hand-over.
 */
@NullMarked
package io.narthex.scrape.internal.plain;

import org.jspecify.annotations.NullMarked;
