/** The thread on which alerts are dispatched, and its clock. */
@NullMarked
package io.narthex.alerting.internal.loop;

import org.jspecify.annotations.NullMarked;
