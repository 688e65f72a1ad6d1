package io.narthex.pushgateway.internal;

import io.narthex.api.time.Clock;
import io.narthex.pushgateway.internal.group.GroupLabels;
import io.narthex.pushgateway.internal.group.GroupPath;
import io.narthex.pushgateway.internal.group.GroupPath.BadPathException;
import io.narthex.pushgateway.internal.group.Groups;
import io.narthex.pushgateway.internal.intake.IntakeMemory;
import io.narthex.pushgateway.internal.intake.ParsedPush;
import io.narthex.pushgateway.internal.intake.PushFormatException;
import io.narthex.pushgateway.internal.intake.PushTooLargeException;
import io.narthex.pushgateway.internal.web.Answer;
import io.narthex.pushgateway.internal.web.BodyBudget;
import io.narthex.pushgateway.internal.web.PendingAnswer;
import io.narthex.pushgateway.internal.web.PushBody;
import io.narthex.pushgateway.internal.web.PushContent;
import io.narthex.pushgateway.internal.web.PushContent.RefusedContentException;
import io.narthex.pushgateway.internal.web.PushMetrics;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** Changes a group: PUT, POST and DELETE of {@code /metrics/job/…}. */
final class PushRoute {
  private static final String JOB = "/metrics/job/";
  private static final String JOB_BASE64 = "/metrics/job@base64/";

  private final Groups groups;
  private final PushLanes lanes;
  private final BodyBudget budget;
  private final IntakeMemory memory;
  private final PushMetrics metrics;
  private final Clock clock;

  PushRoute(
      Groups groups,
      PushLanes lanes,
      BodyBudget budget,
      IntakeMemory memory,
      PushMetrics metrics,
      Clock clock) {
    this.groups = groups;
    this.lanes = lanes;
    this.budget = budget;
    this.memory = memory;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Whether a path, which is clean, names a group. */
  static boolean covers(String path) {
    return path.startsWith(JOB) && path.length() > JOB.length()
        || path.startsWith(JOB_BASE64) && path.length() > JOB_BASE64.length();
  }

  void handle(RoutingContext context, String path) {
    HttpServerRequest request = context.request();
    boolean deletion = request.method().equals(HttpMethod.DELETE);
    String handler = deletion ? "delete" : "push";
    long began = clock.monotonicNanos();
    int[] size = {0};
    PendingAnswer pending =
        new PendingAnswer(
            context,
            status -> {
              metrics.answered(handler, status, request);
              if (!deletion) {
                double seconds = (clock.monotonicNanos() - began) / 1e9;
                metrics.pushed(request, size[0], seconds);
              }
            });
    GroupLabels group;
    PushContent content;
    try {
      group = group(path);
      content =
          PushContent.of(request.getHeader("Content-Type"), request.getHeader("Content-Encoding"));
    } catch (BadPathException e) {
      refuse(request, pending, new Answer(400, String.valueOf(e.getMessage())));
      return;
    } catch (RefusedContentException e) {
      refuse(request, pending, e.answer());
      return;
    }
    if (deletion) {
      PushBody.drop(request);
      lanes.run(group, pending, () -> Answer.of(groups.delete(group), 202), () -> {});
      return;
    }
    boolean replace = request.method().equals(HttpMethod.PUT);
    PushBody.receive(
        request,
        budget,
        body -> {
          size[0] = body.length();
          lanes.run(group, pending, () -> push(group, content, body, replace), body::free);
        },
        pending::answer);
  }

  private static void refuse(HttpServerRequest request, PendingAnswer pending, Answer answer) {
    pending.answer(answer);
    PushBody.drop(request);
  }

  private static GroupLabels group(String path) throws BadPathException {
    boolean base64 = path.startsWith(JOB_BASE64);
    String rest = path.substring(base64 ? JOB_BASE64.length() : JOB.length());
    int slash = rest.indexOf('/');
    return slash < 0
        ? GroupPath.parse(rest, base64, "")
        : GroupPath.parse(rest.substring(0, slash), base64, rest.substring(slash));
  }

  private Answer push(GroupLabels group, PushContent content, PushBody body, boolean replace) {
    // Open until the push is kept or refused: what was read of it is in memory so long.
    try (IntakeMemory.Share share = memory.share(groups.room(group))) {
      ParsedPush parsed = content.parse(body, share);
      body.free();
      return Answer.of(groups.push(group, parsed, replace, clock.wallMillis()), 200);
    } catch (PushTooLargeException e) {
      return e.isPassing()
          ? PushBody.tooMuch()
          : Answer.of(groups.overflow(group, e.weight()), 200);
    } catch (PushFormatException e) {
      return new Answer(400, String.valueOf(e.getMessage()));
    } catch (RefusedContentException e) {
      return e.answer();
    } finally {
      body.free();
    }
  }
}
