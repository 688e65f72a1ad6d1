/**
 * Chooses what carries the scrapes of a target: the plain reader, the platform's client, or none.
 */
@NullMarked
package io.narthex.scrape.internal.transport;

import org.jspecify.annotations.NullMarked;
