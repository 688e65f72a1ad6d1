/** Watches the deploy folder. */
@NullMarked
package io.narthex.deployer.internal;

import org.jspecify.annotations.NullMarked;
