/** Gets and keeps OAuth 2.0 tokens. */
@NullMarked
package io.narthex.http.client.internal.oauth;

import org.jspecify.annotations.NullMarked;
