package io.narthex.config.internal;

import io.narthex.api.config.ConfigurationFollower;
import io.narthex.api.config.PrometheusConfig;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bundles that a reload waits for until they act by it. */
final class Followers {
  private static final Logger logger = LoggerFactory.getLogger(Followers.class);

  private final long limitMillis;
  private final List<ConfigurationFollower> followers = new CopyOnWriteArrayList<>();

  /**
   * Nobody yet.
   *
   * @param limitMillis how long all of them together are waited for
   */
  Followers(long limitMillis) {
    this.limitMillis = limitMillis;
  }

  void add(ConfigurationFollower follower) {
    followers.add(follower);
  }

  void remove(ConfigurationFollower follower) {
    followers.remove(follower);
  }

  /** Comes back once all act by the configuration, or the limit is over. */
  void await(PrometheusConfig inForce) {
    CompletableFuture<?>[] all =
        followers.stream()
            .map(follower -> begin(follower, inForce))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(all).get(limitMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      logger
          .atWarn()
          .addKeyValue("waited_ms", limitMillis)
          .log("parts of the server do not act by the configuration in force yet");
    } catch (ExecutionException e) {
      logger.error("a part of the server failed over a configuration", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static CompletableFuture<Void> begin(
      ConfigurationFollower follower, PrometheusConfig inForce) {
    try {
      return follower.follow(inForce);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
