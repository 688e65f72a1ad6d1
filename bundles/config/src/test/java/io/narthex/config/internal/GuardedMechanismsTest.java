package io.narthex.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import io.narthex.config.internal.Fakes.DirectGuard;
import io.narthex.config.internal.Fakes.FakeFramework;
import io.narthex.spi.discovery.Discovery;
import io.narthex.spi.discovery.DiscoveryFactory;
import io.narthex.spi.discovery.TargetGroupListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardedMechanismsTest {
  private final DirectGuard guard = new DirectGuard();
  private final FakeFramework framework = new FakeFramework();
  private final DiscoveryFactories factories = new DiscoveryFactories(guard, framework.context());
  private final List<Problem> problems = new ArrayList<>();

  @Test
  void whatInstalledBundlesDeclareIsInstalled() {
    framework.mechanisms.addAll(List.of("file", "moon"));

    assertThat(factories.snapshot(false).isInstalled("moon")).isTrue();
    assertThat(factories.snapshot(false).isInstalled("consul")).isFalse();
  }

  @Test
  void aMechanismThatIsNotThereChecksNothing() {
    factories.snapshot(false).check("moon", section(), false);

    assertThat(problems).isEmpty();
    assertThat(guard.calls).isZero();
  }

  @Test
  void aMechanismReportsAndKeysItDidNotAskForAreRefused() {
    bind("moon", "1");

    factories.snapshot(false).check("moon", section(), false);

    assertThat(problems)
        .extracting(Problem::message)
        .containsExactlyInAnyOrder(
            "phase must be full or new", "unknown key \"phases\" in x. Did you mean \"phase\"?");
  }

  @Test
  void keysThatWereCheckedAreNotCheckedAgain() {
    bind("moon", "1");

    factories.snapshot(false).check("moon", section(), true);

    assertThat(problems).extracting(Problem::message).containsExactly("phase must be full or new");
  }

  @Test
  void whatIsWrongAlreadyIsNotSaidAgainInOtherWords() {
    bind("moon", "1");
    Section section = section();
    section.report(section.position(), "said before");

    factories.snapshot(false).check("moon", section, true);

    assertThat(problems).extracting(Problem::message).containsExactly("said before");
  }

  @Test
  void aMechanismThatWentIsNotAsked() {
    bind("moon", "1");
    factories.unbindFactory(properties("moon", "1"));

    factories.snapshot(false).check("moon", section(), false);

    assertThat(guard.calls).isZero();
  }

  @Test
  void oneThatFailsIsNotAskedAgainInTheSameLoad() {
    factories.bindFactory(
        Fakes.service(
            s -> {
              throw new IllegalStateException("broken");
            }),
        properties("moon", "1"));
    GuardedMechanisms mechanisms = factories.snapshot(false);

    mechanisms.check("moon", section(), false);
    mechanisms.check("moon", section(), false);

    assertThat(problems).isEmpty();
    assertThat(guard.calls).isEqualTo(1);
    factories.snapshot(false).check("moon", section(), false);
    assertThat(guard.calls).isEqualTo(2);
  }

  private void bind(String mechanism, String id) {
    DiscoveryFactory factory =
        section -> {
          section.string("phase");
          section.report(section.position(), "phase must be full or new");
          return new Nothing();
        };
    factories.bindFactory(Fakes.service(factory), properties(mechanism, id));
  }

  private static Map<String, Object> properties(String mechanism, String id) {
    return Map.of(DiscoveryFactory.MECHANISM, mechanism, "service.id", id);
  }

  private Section section() {
    ConfigNode value = new ConfigNode.Scalar(Position.START, "1", true, false);
    ConfigNode.Entry entry = new ConfigNode.Entry("phases", new Position(2, 1), value);
    return new Section(
        "x", new ConfigNode.Mapping(Position.START, List.of(entry)), Path.of(""), problems);
  }

  private static final class Nothing implements Discovery {
    @Override
    public void start(TargetGroupListener listener) {}

    @Override
    public void close() {}
  }
}
