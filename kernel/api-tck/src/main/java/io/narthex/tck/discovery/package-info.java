/** The contract of {@link io.narthex.spi.discovery.DiscoveryFactory}. */
@NullMarked
package io.narthex.tck.discovery;

import org.jspecify.annotations.NullMarked;
