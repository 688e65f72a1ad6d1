package io.narthex.http.client.internal;

import io.narthex.api.http.BodySink;
import io.narthex.api.http.HttpAnswer;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpSession;
import io.narthex.http.client.internal.exchange.Exchanges;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A client with connections of its own. */
final class Session implements HttpSession {
  private final Exchanges exchanges;
  private final SessionPreparation preparation;
  private final Consumer<Session> whenClosed;

  Session(Exchanges exchanges, SessionPreparation preparation, Consumer<Session> whenClosed) {
    this.exchanges = exchanges;
    this.preparation = preparation;
    this.whenClosed = whenClosed;
  }

  @Override
  public CompletableFuture<HttpAnswer> send(HttpRequest request, BodySink sink) {
    return exchanges.begin(request, sink);
  }

  @Override
  public void close() {
    exchanges.close();
    preparation.close();
    whenClosed.accept(this);
  }
}
