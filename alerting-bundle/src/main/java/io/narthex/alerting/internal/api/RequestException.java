package io.narthex.alerting.internal.api;

/** A request that cannot be done; holds the answer. */
final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  RequestException(Answer answer) {
    super("answered with status " + answer.status());
    this.answer = answer;
  }

  Answer answer() {
    return answer;
  }
}
