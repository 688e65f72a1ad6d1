/** What the server still waits for, and the report when it waits no more. */
@NullMarked
package io.narthex.runtime.internal.readiness;

import org.jspecify.annotations.NullMarked;
