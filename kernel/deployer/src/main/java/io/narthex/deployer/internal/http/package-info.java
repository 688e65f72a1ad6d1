/** The bundles over HTTP. */
@NullMarked
package io.narthex.deployer.internal.http;

import org.jspecify.annotations.NullMarked;
