package io.narthex.notifier.email.internal.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up names on threads of its own: the JDK's lookup cannot be interrupted, and whoever waits
 * for it here can. May be used from any thread.
 */
public final class Lookups {
  /** Names that are looked up at the same time. */
  public static final int THREADS = 4;

  /** Names that may wait for a thread. */
  public static final int QUEUE = 16;

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ExecutorService threads;
  private final Resolver resolver;
  private final Duration limit;
  private final Set<CompletableFuture<List<InetAddress>>> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Knows the addresses of a name, sooner or later. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  /** Lookups by the JDK, on these threads, which belong to the caller. */
  public Lookups(ExecutorService threads) {
    this(threads, InetAddress::getAllByName, LIMIT);
  }

  Lookups(ExecutorService threads, Resolver resolver, Duration limit) {
    this.threads = threads;
    this.resolver = resolver;
    this.limit = limit;
  }

  /** The addresses of a host, which may be an address itself. */
  List<InetAddress> find(String host) throws IOException {
    try {
      return List.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return lookUp(host);
    }
  }

  private List<InetAddress> lookUp(String host) throws IOException {
    CompletableFuture<List<InetAddress>> addresses = new CompletableFuture<>();
    underWay.add(addresses);
    try {
      if (closed) {
        throw new AsynchronousCloseException();
      }
      threads.execute(() -> resolve(host, addresses));
      return addresses.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new LookupException(host, "too many other names are being looked up", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    } catch (CancellationException e) {
      throw new AsynchronousCloseException();
    } catch (TimeoutException e) {
      throw new LookupException(host, "i/o timeout", new SocketTimeoutException());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io
          ? io
          : new LookupException(host, String.valueOf(e.getCause()), e);
    } finally {
      underWay.remove(addresses);
      // It may wait for a thread still, and nobody waits for it.
      addresses.cancel(false);
    }
  }

  private void resolve(String host, CompletableFuture<List<InetAddress>> addresses) {
    if (addresses.isDone()) {
      return;
    }
    try {
      addresses.complete(List.of(resolver.addresses(host)));
    } catch (UnknownHostException | RuntimeException e) {
      addresses.completeExceptionally(e);
    }
  }

  /** Whoever waits for a name wakes up; no other lookup begins. */
  public void close() {
    closed = true;
    underWay.forEach(addresses -> addresses.cancel(false));
  }

  /** A name whose addresses were not found out. */
  static final class LookupException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String host;

    LookupException(String host, String message, Throwable cause) {
      super(message, cause);
      this.host = host;
    }

    String host() {
      return host;
    }
  }
}
