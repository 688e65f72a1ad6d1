package io.narthex.scrape.internal.plain;

import io.narthex.scrape.internal.fetch.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Finds the addresses of hosts. Asking the name service blocks, so it has threads of its own. */
public final class Addresses {
  private final Executor resolver;
  private final ConcurrentMap<String, CompletableFuture<List<InetAddress>>> asked =
      new ConcurrentHashMap<>();

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

  /** Those who ask for the same name meanwhile share one question. */
  private CompletableFuture<List<InetSocketAddress>> ask(String name, int port) {
    CompletableFuture<List<InetAddress>> fresh = new CompletableFuture<>();
    CompletableFuture<List<InetAddress>> known = asked.putIfAbsent(name, fresh);
    if (known == null) {
      try {
        resolver.execute(() -> resolve(name, fresh));
      } catch (RejectedExecutionException | IllegalStateException e) {
        asked.remove(name);
        fresh.completeExceptionally(e);
      }
    }
    return (known == null ? fresh : known)
        .thenApply(
            found -> found.stream().map(address -> new InetSocketAddress(address, port)).toList());
  }

  private void resolve(String name, CompletableFuture<List<InetAddress>> result) {
    try {
      List<InetAddress> found = List.of(InetAddress.getAllByName(name));
      asked.remove(name);
      result.complete(found);
    } catch (UnknownHostException | RuntimeException e) {
      asked.remove(name);
      result.completeExceptionally(e);
    }
  }
}
