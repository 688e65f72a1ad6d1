package io.narthex.scrape.internal.plain;

import io.narthex.scrape.internal.fetch.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/** Finds the addresses of hosts. Asking the name service blocks, so it has threads of its own. */
public final class Addresses {
  private final Executor resolver;

  /**
   * Asks the name service on these threads.
   *
   * @param resolver takes a bounded number of tasks
   */
  public Addresses(Executor resolver) {
    this.resolver = resolver;
  }

  /**
   * The addresses of a host, in the order in which they are to be tried. An address that is written
   * out is there at once.
   *
   * @return fails with an {@link UnknownHostException}
   */
  CompletableFuture<List<InetSocketAddress>> of(HostPort host) {
    String name = host.host();
    String bare = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    try {
      InetAddress literal = InetAddress.ofLiteral(bare);
      return CompletableFuture.completedFuture(
          List.of(new InetSocketAddress(literal, host.port())));
    } catch (IllegalArgumentException noLiteral) {
      return ask(bare, host.port());
    }
  }

  private CompletableFuture<List<InetSocketAddress>> ask(String name, int port) {
    CompletableFuture<List<InetSocketAddress>> result = new CompletableFuture<>();
    try {
      resolver.execute(() -> resolve(name, port, result));
    } catch (RejectedExecutionException | IllegalStateException e) {
      result.completeExceptionally(e);
    }
    return result;
  }

  private static void resolve(
      String name, int port, CompletableFuture<List<InetSocketAddress>> result) {
    try {
      result.complete(
          Stream.of(InetAddress.getAllByName(name))
              .map(address -> new InetSocketAddress(address, port))
              .toList());
    } catch (UnknownHostException | RuntimeException e) {
      result.completeExceptionally(e);
    }
  }
}
