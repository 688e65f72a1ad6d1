/** The listening sockets, and which bundle answers what. */
@NullMarked
package io.narthex.runtime.internal.web;

import org.jspecify.annotations.NullMarked;
