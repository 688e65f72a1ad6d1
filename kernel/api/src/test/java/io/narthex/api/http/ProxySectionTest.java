package io.narthex.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySectionTest {
  private static final Position VALUE = new Position(7, 16);

  private final List<Problem> problems = new ArrayList<>();

  private HttpClientConfig.ProxyConfig read(String url) {
    ConfigNode value = new ConfigNode.Scalar(VALUE, url, false, false);
    ConfigNode all =
        new ConfigNode.Mapping(
            Position.START, List.of(new ConfigNode.Entry("proxy_url", Position.START, value)));
    return ProxySection.read(new Section("s", all, Path.of(""), problems));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://proxy",
        "HTTPS://me:pw@my_proxy:3128/",
        "socks5://[::1]:1080",
        "socks5h://10.0.0.1",
        "http://p:"
      })
  void proxiesAreTaken(String url) {
    assertThat(read(url).url()).hasToString("Optional[" + url + "]");
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://u:hunter2@p,'does not begin with http, https or socks5'",
    "proxy:3128,'does not begin with http, https or socks5'",
    "//proxy:3128,'does not begin with http, https or socks5'",
    "http:proxy,'has no host, or its port is no number'",
    "http://u:hunter2@,'has no host, or its port is no number'",
    "http://u:hunter2@p:x,'has no host, or its port is no number'",
    "http://:3128,'has no host, or its port is no number'",
    "http://u:hunter2@p:65536,has a port above 65535",
    "http://u:hunt^er2@p,is not a URL"
  })
  void whatNamesNoProxyIsReportedWhereItStands(String url, String defect) {
    read(url);
    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.message())
                  .isEqualTo("proxy_url in s " + defect + "; it must be like http://host:port");
              assertThat(problem.position()).isEqualTo(VALUE);
            });
  }
}
