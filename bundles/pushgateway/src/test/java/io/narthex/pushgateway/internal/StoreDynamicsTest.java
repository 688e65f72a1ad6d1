package io.narthex.pushgateway.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.pushgateway.internal.group.GroupLimits;
import io.narthex.pushgateway.internal.peer.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The store comes, goes, fails and holds what is there; queues and limits. */
class StoreDynamicsTest {
  private final MemoryLogStore store = new MemoryLogStore();
  private PushServer server = new PushServer(store, PushServer.LIMITS, 64 << 20, true);

  @AfterEach
  void close() throws Exception {
    store.gate.countDown();
    server.close();
    assertThat(store.isOpen()).isFalse();
  }

  private void restart(GroupLimits limits) throws Exception {
    server.close();
    server = new PushServer(store, limits, 64 << 20, true);
  }

  @Test
  void nothingIsShownBeforeTheGroupsAreRead() throws Exception {
    RawHttp.Response page = server.send("GET", "/metrics", "");
    assertThat(page.status()).isEqualTo(503);
    assertThat(page.body())
        .isEqualTo("the pushed groups are not read yet: their store is not there now\n");
    assertThat(server.send("GET", "/api/v1/metrics", "").status()).isEqualTo(503);
    RawHttp.Response push = server.send("PUT", "/metrics/job/a", "m 1\n");
    assertThat(push.status()).isEqualTo(503);
    assertThat(push.headers()).containsEntry("retry-after", "5");
    assertThat(push.body())
        .isEqualTo("the store of the pushed groups is not there now, send it again later\n");
    assertThat(server.send("DELETE", "/metrics/job/a", "").status()).isEqualTo(503);
    assertThat(server.send("PUT", "/api/v1/admin/wipe", "").status()).isEqualTo(503);
    assertThat(server.send("GET", "/-/healthy", "").status()).isEqualTo(503);
  }

  @Test
  void whatWasPushedIsThereAfterTheNextStart() throws Exception {
    server.storeComes();
    push("/metrics/job/a", "# HELP m text\n# TYPE m counter\nm{x=\"1\"} 1\n", 200);
    push("/metrics/job/b", "m 2 3\n", 400);
    push("/metrics/job/c", "n 1\n", 200);
    assertThat(server.send("DELETE", "/metrics/job/c", "").status()).isEqualTo(202);
    String before = server.metrics();
    String api = server.send("GET", "/api/v1/metrics", "").body();
    restart(PushServer.LIMITS);
    server.storeComes();
    assertThat(server.metrics()).isEqualTo(before).contains("m{instance=\"\",job=\"a\",x=\"1\"} 1");
    assertThat(server.send("GET", "/api/v1/metrics", "").body()).isEqualTo(api);
  }

  @Test
  void groupsAreShownOnWhileTheStoreIsAway() throws Exception {
    server.storeComes();
    push("/metrics/job/a", "m 1\n", 200);
    server.storeGoes();
    assertThat(store.isOpen()).isFalse();
    assertThat(server.metrics()).contains("m{instance=\"\",job=\"a\"} 1\n");
    push("/metrics/job/a", "m 2\n", 503);
    server.storeComes();
    assertThat(server.metrics()).contains("m{instance=\"\",job=\"a\"} 1\n");
    push("/metrics/job/a", "m 2\n", 200);
    assertThat(server.metrics()).contains("m{instance=\"\",job=\"a\"} 2\n");
  }

  @Test
  void aStoreThatDoesNotOpenIsTriedAgain() throws Exception {
    store.broken = true;
    server.routes.bindStore(server.service);
    push("/metrics/job/a", "m 1\n", 503);
    store.broken = false;
    PushServer.await(() -> server.ready() == 200);
    push("/metrics/job/a", "m 1\n", 200);
  }

  @Test
  void badEntriesArePassedOver() throws Exception {
    server.storeComes();
    push("/metrics/job/a", "m 1\n", 200);
    push("/metrics/job/b", "m 2\n", 200);
    String key = store.values.keySet().stream().filter(k -> k.contains("a")).findFirst().get();
    byte[] good = store.values.get(key);
    store.values.put(key, "\u0001rubbish".getBytes(StandardCharsets.UTF_8));
    store.values.put("job=1:z;", good);
    restart(PushServer.LIMITS);
    server.storeComes();
    assertThat(server.metrics())
        .contains("m{instance=\"\",job=\"b\"} 2\n")
        .doesNotContain("job=\"a\"");
    assertThat(server.scope.metric("narthex_pushgateway_groups")).isEqualTo(1);
  }

  @Test
  void aFullDiskLosesNothingThatWasThere() throws Exception {
    server.storeComes();
    push("/metrics/job/a", "m 1\n", 200);
    store.diskFull = true;
    assertThat(push("/metrics/job/a", "m 2\n", 500).body())
        .isEqualTo("the group cannot be kept: no space left on device\n");
    assertThat(push("/metrics/job/a", "m 2 5\n", 400).body()).contains("must not have timestamps");
    assertThat(server.metrics()).contains("m{instance=\"\",job=\"a\"} 1\n");
    store.diskFull = false;
    push("/metrics/job/a", "m 2\n", 200);
    assertThat(server.metrics()).contains("m{instance=\"\",job=\"a\"} 2\n");
  }

  @Test
  void thereAreLimits() throws Exception {
    restart(new GroupLimits(2, 300, 6_000));
    server.storeComes();
    push("/metrics/job/a", "m 1\n", 200);
    push("/metrics/job/b", "m 1\n", 200);
    assertThat(push("/metrics/job/c", "m 1\n", 507).body())
        .isEqualTo("there are 2 groups already, and there may be no more: delete some\n");
    assertThat(push("/metrics/job/c", "m 1 1\n", 400).body()).contains("timestamps");
    assertThat(push("/metrics/job/a", "m{x=\"" + "y".repeat(300) + "\"} 1\n", 507).body())
        .matches("the group would have \\d+ bytes, and it may have 300 at most: push less\n");
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      many.append("m").append("{x=\"").append(i % 10).append("\",y=\"").append(i / 10);
      many.append("\"} 1\n");
    }
    assertThat(push("/metrics/job/a", many.toString(), 507).body())
        .matches(
            "(all groups would take \\d+ bytes of memory, and they may take 6000: delete"
                + " some|the group would have \\d+ bytes, and it may have 300 at most: push less)\n");
    assertThat(server.metrics())
        .contains("m{instance=\"\",job=\"a\"} 1\n")
        .doesNotContain("job=\"c\"");
    assertThat(server.send("DELETE", "/metrics/job/a", "").status()).isEqualTo(202);
    push("/metrics/job/c", "m 1\n", 200);
  }

  @Test
  void allGroupsTogetherHaveALimit() throws Exception {
    restart(new GroupLimits(100, 1 << 20, 4_000));
    server.storeComes();
    int status = 200;
    int pushed = 0;
    while (status == 200) {
      status = server.send("PUT", "/metrics/job/g" + pushed, "m 1\nn 2\no 3\n").status();
      pushed++;
    }
    assertThat(status).isEqualTo(507);
    assertThat(pushed).isBetween(2, 10);
    push("/metrics/job/g0", "m 1\n", 200);
    assertThat(server.scope.metric("narthex_pushgateway_groups_bytes")).isBetween(1_000.0, 4_000.0);
  }

  @Test
  void largeBodiesAreRefused() throws Exception {
    server.storeComes();
    byte[] large = new byte[16 * 1024 * 1024 + 1];
    RawHttp.Response response = server.send("PUT", "/metrics/job/a", large);
    assertThat(response.status()).isEqualTo(413);
    assertThat(response.body()).isEqualTo("request body exceeds the 16777216 bytes limit\n");
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
      zip.write(large);
    }
    RawHttp.Response bomb =
        server.send("PUT", "/metrics/job/a", zipped.toByteArray(), "Content-Encoding: gzip");
    assertThat(bomb.status()).isEqualTo(413);
    assertThat(bomb.body())
        .isEqualTo("uncompressed request body exceeds the 16777216 bytes limit\n");
    assertThat(server.scope.metric("narthex_pushgateway_body_bytes")).isZero();
  }

  @Test
  void aSmallBodyThatSaysVeryMuchIsNotReadToItsEnd() throws Exception {
    server.storeComes();
    byte[] lines = "a 1\n".repeat(4_000_000).getBytes(StandardCharsets.UTF_8);
    RawHttp.Response response =
        server.send("PUT", "/metrics/job/a", zipped(lines), "Content-Encoding: gzip");
    assertThat(response.status()).isEqualTo(507);
    // Not far above the limit: the rest of the body was not read.
    assertThat(response.body())
        .matches(
            "all groups would take 671088\\d\\d bytes of memory, and they may take 67108864: delete"
                + " some\n");
    byte[] metrics = new byte[4_000_000];
    for (int i = 0; i < metrics.length; i += 2) {
      metrics[i] = 4 << 3 | 2;
    }
    ByteArrayOutputStream family = new ByteArrayOutputStream();
    family.writeBytes(new byte[] {(byte) 0x83, (byte) 0x92, (byte) 0xf4, 1, 1 << 3 | 2, 1, 'a'});
    family.writeBytes(metrics);
    RawHttp.Response protobuf =
        server.send(
            "PUT",
            "/metrics/job/a",
            zipped(family.toByteArray()),
            "Content-Encoding: gzip",
            "Content-Type: application/vnd.google.protobuf;"
                + " proto=io.prometheus.client.MetricFamily; encoding=delimited");
    assertThat(protobuf.status()).as(protobuf.body()).isEqualTo(507);
    assertThat(server.scope.metric("narthex_pushgateway_body_bytes")).isZero();
    assertThat(server.scope.metric("narthex_pushgateway_intake_bytes")).isZero();
    push("/metrics/job/a", "m 1\n", 200);
  }

  @Test
  void unzippedBytesCountAsBytesOnTheirWay() throws Exception {
    server.close();
    server = new PushServer(store, PushServer.LIMITS, 1 << 20, true);
    server.storeComes();
    byte[] comments = "# x\n".repeat(1 << 19).getBytes(StandardCharsets.UTF_8);
    RawHttp.Response response =
        server.send("PUT", "/metrics/job/a", zipped(comments), "Content-Encoding: gzip");
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.body())
        .isEqualTo("too much is being pushed at once, send it again later\n");
    assertThat(server.scope.metric("narthex_pushgateway_body_bytes")).isZero();
  }

  private static byte[] zipped(byte[] plain) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
      zip.write(plain);
    }
    return zipped.toByteArray();
  }

  @Test
  void noMoreRequestsWaitThanTheQueueHolds() throws Exception {
    server.storeComes();
    store.gate = new CountDownLatch(1);
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < PushLanes.QUEUE + 4; i++) {
      answers.add(async("m " + i + "\n"));
    }
    PushServer.await(() -> rejected() >= 3);
    store.gate.countDown();
    int refused = 0;
    for (CompletableFuture<Integer> answer : answers) {
      int status = answer.get(20, TimeUnit.SECONDS);
      assertThat(status).isIn(200, 503);
      refused += status == 503 ? 1 : 0;
    }
    assertThat(refused).isEqualTo(3);
    assertThat(server.scope.metric("narthex_pushgateway_body_bytes")).isZero();
  }

  private double rejected() {
    return server.scope.metric("pushgateway_http_requests_total{push,503,put}");
  }

  @Test
  void whoWaitsWhenItStopsGetsAnAnswer() throws Exception {
    server.storeComes();
    store.gate = new CountDownLatch(1);
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      answers.add(async("m " + i + "\n"));
    }
    PushServer.await(() -> server.scope.metric("narthex_pushgateway_body_bytes") > 0);
    server.routes.stop();
    for (CompletableFuture<Integer> answer : answers) {
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(503);
    }
  }

  @Test
  void pushesOfAGroupKeepTheirOrder() throws Exception {
    server.storeComes();
    for (int i = 0; i < 100; i++) {
      push("/metrics/job/a", "m " + i + "\n", 200);
      assertThat(server.metrics()).contains("m{instance=\"\",job=\"a\"} " + i + "\n");
    }
  }

  private CompletableFuture<Integer> async(String body) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return server.send("PUT", "/metrics/job/a", body).status();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  private RawHttp.Response push(String path, String body, int status) throws Exception {
    RawHttp.Response response = server.send("PUT", path, body);
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    return response;
  }
}
