package io.narthex.discovery.core.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.guard.GuardErrors;
import io.narthex.api.guard.PluginGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.osgi.service.component.ComponentServiceObjects;

/** Calls at once, or keeps calls that hang until the test lets them go on. */
final class FakeGuard implements PluginGuard {
  final List<String> operations = new ArrayList<>();
  final List<Hanging> hanging = new ArrayList<>();
  boolean hangs;

  /** Whether a call is under way, so that a fake service can tell who calls it. */
  boolean inside;

  record Hanging(String operation, Callable<?> body, CompletableFuture<?> result) {
    void timeOut() {
      result.completeExceptionally(
          new NarthexException(GuardErrors.TIMEOUT, operation + ": did not return within 10 s"));
    }
  }

  @Override
  public <S, R> CompletableFuture<R> call(
      ComponentServiceObjects<S> plugin, String operation, Duration limit, PluginCall<S, R> call) {
    operations.add(operation);
    CompletableFuture<R> result = new CompletableFuture<>();
    Callable<R> body =
        () -> {
          inside = true;
          S service = plugin.getService();
          try {
            if (service == null) {
              throw new NarthexException(GuardErrors.GONE, "the service is gone");
            }
            R value = call.apply(service);
            result.complete(value);
            return value;
          } catch (Exception e) {
            result.completeExceptionally(
                e instanceof NarthexException
                    ? e
                    : new NarthexException(GuardErrors.FAILED, "failed: " + e.getMessage(), e));
            throw e;
          } finally {
            inside = false;
          }
        };
    if (hangs) {
      hanging.add(new Hanging(operation, body, result));
    } else {
      try {
        body.call();
      } catch (Exception ignored) {
        // The future says it.
      }
    }
    return result;
  }
}
