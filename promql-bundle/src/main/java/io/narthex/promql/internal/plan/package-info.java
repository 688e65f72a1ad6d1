/** What is checked between parsing and running, one class per check. */
@NullMarked
package io.narthex.promql.internal.plan;

import org.jspecify.annotations.NullMarked;
