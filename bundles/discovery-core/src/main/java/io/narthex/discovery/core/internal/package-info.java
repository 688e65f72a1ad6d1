/** Makes targets of scrape configurations and of what discoveries find, and publishes them. */
@NullMarked
package io.narthex.discovery.core.internal;

import org.jspecify.annotations.NullMarked;
