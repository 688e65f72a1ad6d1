package io.narthex.http.client.internal.exchange;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.http.HttpErrors;

/**
 * Why a request failed.
 *
 * @param words in upstream's words, without the method and URL
 */
record Failure(ErrorCode code, String words) {
  static Failure connection(String words) {
    return new Failure(HttpErrors.CONNECTION, words);
  }

  static Failure protocol(String words) {
    return new Failure(HttpErrors.PROTOCOL, words);
  }
}
