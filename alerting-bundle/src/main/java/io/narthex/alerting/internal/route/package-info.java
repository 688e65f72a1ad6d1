/** The routing tree: which receivers an alert goes to, and how it is grouped for them. */
@NullMarked
package io.narthex.alerting.internal.route;

import org.jspecify.annotations.NullMarked;
