/** Requests and answers over HTTP. */
@NullMarked
package io.narthex.pushgateway.internal.web;

import org.jspecify.annotations.NullMarked;
