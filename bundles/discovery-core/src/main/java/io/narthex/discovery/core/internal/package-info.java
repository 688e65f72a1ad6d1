/** Makes targets of scrape configurations and publishes them. */
@NullMarked
package io.narthex.discovery.core.internal;

import org.jspecify.annotations.NullMarked;
