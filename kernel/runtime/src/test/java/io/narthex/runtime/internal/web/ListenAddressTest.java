package io.narthex.runtime.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressTest {
  @ParameterizedTest
  @CsvSource({
    ":9090, 0.0.0.0, http://localhost:9090",
    "127.0.0.1:1, 127.0.0.1, http://127.0.0.1:1",
    "'[::1]:9090', ::1, 'http://[::1]:9090'",
    "'[::]:9090', ::, http://localhost:9090",
    "example.org:80, example.org, http://example.org:80"
  })
  void bindsAndShows(String text, String bindHost, String url) {
    ListenAddress address = ListenAddress.parse("web.listen-address", text);
    assertThat(address.bindHost()).isEqualTo(bindHost);
    assertThat(address.url(address.port())).isEqualTo(url);
  }

  @Test
  void namesTheProcessThatHasThePortAndAPortThatMayBeFree() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ListenAddress address =
          ListenAddress.parse("web.listen-address", "127.0.0.1:" + taken.getLocalPort());
      assertThat(address.explain(new BindException("Address already in use")))
          .isEqualTo(
              "address 127.0.0.1:%d is in use by pid %d (java). To run beside it: --web.listen-address=127.0.0.1:%d",
              address.port(), ProcessHandle.current().pid(), beside(address.port()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ":80|Permission denied|address :80 cannot be listened on: permission denied. Ports below 1024 need a privilege; for example --web.listen-address=:9090",
        "1.2.3.4:90|Cannot assign requested address|address 1.2.3.4:90 cannot be listened on: Cannot assign requested address. Set another: --web.listen-address=HOST:PORT"
      })
  void saysWhatWouldWork(String text, String reason, String message) {
    assertThat(ListenAddress.parse("web.listen-address", text).explain(new BindException(reason)))
        .isEqualTo(message);
  }

  private static int beside(int port) {
    return port + 100 <= 65_535 ? port + 100 : port - 100;
  }
}
