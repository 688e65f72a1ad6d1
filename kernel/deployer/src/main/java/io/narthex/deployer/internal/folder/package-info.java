/** What lies in the deploy folder, and what changed there. */
@NullMarked
package io.narthex.deployer.internal.folder;

import org.jspecify.annotations.NullMarked;
