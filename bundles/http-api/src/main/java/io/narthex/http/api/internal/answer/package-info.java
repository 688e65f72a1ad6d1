/**
 * Sending answers: status table, compression, cross-origin headers, chunks at the client's pace.
 */
@NullMarked
package io.narthex.http.api.internal.answer;

import org.jspecify.annotations.NullMarked;
