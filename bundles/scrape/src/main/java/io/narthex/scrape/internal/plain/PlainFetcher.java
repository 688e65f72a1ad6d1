package io.narthex.scrape.internal.plain;

import io.narthex.scrape.internal.fetch.Body;
import io.narthex.scrape.internal.fetch.ByteSink;
import io.narthex.scrape.internal.fetch.ByteSinks;
import io.narthex.scrape.internal.fetch.FetchException;
import io.narthex.scrape.internal.fetch.HostPort;
import io.narthex.scrape.internal.fetch.RedirectedException;
import io.narthex.scrape.internal.fetch.TargetFetcher;
import io.narthex.scrape.internal.thread.ScrapeThread;
import io.narthex.scrape.internal.thread.Timetable.Timer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Gets what a target exposes by plain HTTP/1.1, over a connection that is kept between scrapes. A
 * connection that the target closed meanwhile is replaced once, as Go's client does. A redirect is
 * not followed but reported, for another transport to take the target over.
 */
public final class PlainFetcher implements TargetFetcher, PlainConnection.Owner {
  /** As Go's client: a connection that was idle for this long is not used again. */
  private static final long MAX_IDLE_NANOS = Duration.ofMinutes(5).toNanos();

  private static final String DEADLINE = "context deadline exceeded";
  private static final int OK = 200;

  /**
   * What a scrape may take.
   *
   * @param bodySize of the uncompressed body in bytes; 0: what memory allows
   */
  record Limits(Duration timeout, long bodySize) {}

  private final ScrapeThread thread;
  private final Addresses addresses;
  private final ByteSinks sinks;
  private final URI url;
  private final HostPort host;
  private final Limits limits;
  private final boolean followRedirects;
  private final byte[] request;
  private final ResponseReader reader = new ResponseReader();

  private @Nullable PlainConnection connection;
  private @Nullable CompletableFuture<Body> result;
  private @Nullable Timer deadline;
  private List<InetSocketAddress> candidates = List.of();
  private int candidate;
  private @Nullable String firstFailure;
  private boolean reused;
  private boolean connected;

  /** How often an address did not answer in time. */
  private int unanswered;

  private long idleSince;

  /** Whether the rest of a body is read that nobody waits for, so that the connection is kept. */
  private boolean draining;

  private boolean closed;

  /**
   * A fetcher that has not connected.
   *
   * @param request as {@link PlainTransport} wrote it
   */
  PlainFetcher(
      ScrapeThread thread,
      Addresses addresses,
      ByteSinks sinks,
      URI url,
      Limits limits,
      boolean followRedirects,
      byte[] request) {
    this.thread = thread;
    this.addresses = addresses;
    this.sinks = sinks;
    this.url = url;
    this.host = HostPort.of(url.getRawAuthority(), 80);
    this.followRedirects = followRedirects;
    this.limits = limits;
    this.request = request;
  }

  @Override
  public CompletableFuture<Body> fetch() {
    CompletableFuture<Body> asked = new CompletableFuture<>();
    if (closed) {
      asked.completeExceptionally(new FetchException("the target is no longer scraped"));
      return asked;
    }
    result = asked;
    firstFailure = null;
    reader.start(sinks::take, limits.bodySize());
    deadline = thread.schedule(this::expire, limits.timeout().toMillis());
    PlainConnection kept = draining ? null : connection;
    if (kept != null && kept.isOpen() && System.nanoTime() - idleSince < MAX_IDLE_NANOS) {
      reused = true;
      kept.send(request);
    } else {
      drop();
      connect();
    }
    return asked;
  }

  @Override
  public void close() {
    thread.execute(
        () -> {
          closed = true;
          fail("context canceled");
          drop();
        });
  }

  private void connect() {
    reused = false;
    CompletableFuture<Body> current = result;
    addresses
        .of(host)
        .whenComplete(
            (found, failure) -> {
              if (found != null && thread.isCurrent()) {
                connectTo(current, found);
              } else {
                thread.execute(() -> resolved(current, found, failure));
              }
            });
  }

  private void resolved(
      @Nullable CompletableFuture<Body> asked,
      @Nullable List<InetSocketAddress> found,
      @Nullable Throwable failure) {
    if (found != null && !found.isEmpty()) {
      connectTo(asked, found);
    } else if (asked == result) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      fail(
          of(
              cause == null || cause instanceof UnknownHostException
                  ? DialErrors.lookup(host.host())
                  : "dial tcp: lookup %s: %s".formatted(host.host(), cause.getMessage())));
    }
  }

  private void connectTo(@Nullable CompletableFuture<Body> asked, List<InetSocketAddress> found) {
    if (asked != result) {
      // The scrape has ended meanwhile.
      return;
    }
    candidates = startingAt(found, unanswered);
    candidate = 0;
    connectToCandidate();
  }

  private static List<InetSocketAddress> startingAt(List<InetSocketAddress> all, int first) {
    int from = all.isEmpty() ? 0 : Math.floorMod(first, all.size());
    if (from == 0) {
      return all;
    }
    List<InetSocketAddress> turned = new ArrayList<>(all.subList(from, all.size()));
    turned.addAll(all.subList(0, from));
    return turned;
  }

  private void connectToCandidate() {
    connected = false;
    InetSocketAddress address = candidates.get(candidate);
    try {
      connection = PlainConnection.open(thread, this, address);
    } catch (IOException | RuntimeException e) {
      failCandidate(address, e);
    }
  }

  /** The next address has its turn; if there is none, the first failure counts, as in Go. */
  private void failCandidate(InetSocketAddress address, Exception cause) {
    if (firstFailure == null) {
      firstFailure = DialErrors.connect(address, cause);
    }
    drop();
    candidate++;
    if (candidate < candidates.size() && result != null) {
      connectToCandidate();
    } else {
      fail(of(String.valueOf(firstFailure)));
    }
  }

  @Override
  public void connected() {
    PlainConnection current = connection;
    connected = true;
    if (current != null && result != null) {
      current.send(request);
    }
  }

  @Override
  public void received(ByteBuffer bytes) {
    if (result == null && !draining) {
      // Nothing was asked for.
      drop();
      return;
    }
    try {
      if (reader.accept(bytes)) {
        finish(reader.head().keepAlive() && !bytes.hasRemaining());
      } else if (reader.isRefusal() && result != null) {
        draining = true;
        refuseStatus();
      }
    } catch (BadResponseException e) {
      refuse(e);
    }
  }

  @Override
  public void ended() {
    drop();
    if (result == null) {
      return;
    }
    if (reused && !reader.hasBegun()) {
      connect();
      return;
    }
    try {
      reader.end();
      finish(false);
    } catch (BadResponseException e) {
      refuse(e);
    }
  }

  @Override
  public void failed(String operation, IOException cause) {
    PlainConnection broken = connection;
    if (result == null || broken == null) {
      drop();
    } else if (operation.equals("connect")) {
      failCandidate(broken.remote(), cause);
    } else if (reused && !reader.hasBegun()) {
      drop();
      connect();
    } else {
      String what = DialErrors.broken(operation, broken.local(), broken.remote(), cause);
      drop();
      fail(reader.isInBody() ? what : of(what));
    }
  }

  private void expire() {
    if (connection != null && !connected) {
      // The next scrape begins with another address.
      unanswered++;
    }
    boolean inBody = reader.isInBody() && reader.hasBegun();
    fail(inBody ? DEADLINE : of(DEADLINE));
    drop();
  }

  /** The answer is whole. */
  private void finish(boolean keep) {
    idleSince = System.nanoTime();
    draining = false;
    if (!keep) {
      drop();
    }
    ResponseHead head = reader.head();
    if (head.status() != OK) {
      refuseStatus();
      return;
    }
    CompletableFuture<Body> asked = end();
    ByteSink body = reader.detach();
    if (asked != null) {
      asked.complete(
          new Body(body == null ? sinks.take() : body, head.contentType(), head.isGzip()));
    }
  }

  /** The head says that there is nothing to read; what its body says does not matter. */
  private void refuseStatus() {
    ResponseHead head = reader.head();
    if (head.isRedirect() && (followRedirects || !head.isLocationClear())) {
      // Even if it is not followed, its place must be understood; the other transport says why not.
      fail(new RedirectedException());
    } else {
      fail("server returned HTTP status " + head.statusText());
    }
  }

  private void refuse(BadResponseException e) {
    drop();
    String message = String.valueOf(e.getMessage());
    if (reader.isRefusal()) {
      refuseStatus();
    } else if (!e.inHead()) {
      fail(message);
    } else if (message.equals("EOF")) {
      fail(of(message));
    } else {
      fail(of("net/http: HTTP/1.x transport connection broken: " + message));
    }
  }

  private void fail(String message) {
    fail(new FetchException(message));
  }

  private void fail(Exception failure) {
    CompletableFuture<Body> asked = end();
    ByteSink unused = reader.detach();
    if (unused != null) {
      sinks.giveBack(unused);
    }
    if (asked != null) {
      asked.completeExceptionally(failure);
    }
  }

  private @Nullable CompletableFuture<Body> end() {
    CompletableFuture<Body> asked = result;
    result = null;
    Timer timer = deadline;
    deadline = null;
    if (timer != null) {
      timer.cancel();
    }
    return asked;
  }

  private void drop() {
    PlainConnection current = connection;
    connection = null;
    draining = false;
    if (current != null) {
      current.close();
    }
  }

  /** As upstream begins the messages about requests that got no answer. */
  private String of(String message) {
    return "Get \"%s\": %s".formatted(url, message);
  }
}
