/** Drop-ins as bundles: installed, started, updated, removed; and what they may see. */
@NullMarked
package io.narthex.deployer.internal.bundles;

import org.jspecify.annotations.NullMarked;
