package io.narthex.notifier.webhook.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.http.BodySink;
import io.narthex.api.http.HttpAnswer;
import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.HttpClients;
import io.narthex.api.http.HttpErrors;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpSession;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The contract of the platform's client on the JDK's, without what it can do besides. */
final class JdkHttpClients implements HttpClients {
  final List<HttpClientConfig> opened = new ArrayList<>();
  final Set<HttpSession> open = ConcurrentHashMap.newKeySet();

  @Override
  public HttpSession open(String purpose, HttpClientConfig config) {
    opened.add(config);
    HttpSession session = new Session();
    open.add(session);
    return session;
  }

  private final class Session implements HttpSession {
    private final HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();

    @Override
    public CompletableFuture<HttpAnswer> send(HttpRequest request, BodySink sink) {
      java.net.http.HttpRequest.Builder builder =
          java.net.http.HttpRequest.newBuilder(request.url())
              .timeout(request.timeout())
              .method(
                  request.method(),
                  java.net.http.HttpRequest.BodyPublishers.ofByteArray(request.body()));
      request.headers().forEach(builder::header);
      CompletableFuture<HttpResponse<byte[]>> sent =
          client.sendAsync(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
      CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
      underWay.add(answer);
      sent.whenComplete(
          (response, failure) -> {
            if (failure == null) {
              sink.accept(ByteBuffer.wrap(response.body()));
              answer.complete(new HttpAnswer(response.statusCode(), "", Map.of()));
            } else {
              answer.completeExceptionally(error(request, failure));
            }
          });
      answer.whenComplete((done, failure) -> sent.cancel(true));
      return answer;
    }

    private NarthexException error(HttpRequest request, Throwable failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      return new NarthexException(
          cause instanceof HttpTimeoutException ? HttpErrors.TIMEOUT : HttpErrors.CONNECTION,
          "Post \"%s\": %s".formatted(request.url(), cause));
    }

    @Override
    public void close() {
      open.remove(this);
      underWay.forEach(
          answer ->
              answer.completeExceptionally(
                  new NarthexException(HttpErrors.CONNECTION, "the client is closed")));
      client.shutdownNow();
    }
  }
}
