/** What PromQL functions there are and how they compute, one class per family. */
@NullMarked
package io.narthex.promql.internal.functions;

import org.jspecify.annotations.NullMarked;
