package io.narthex.alerting.internal.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.alerting.internal.FakeGuard;
import io.narthex.alerting.internal.FakeLoop;
import io.narthex.alerting.internal.FakeNotifier;
import io.narthex.alerting.internal.config.AlertmanagerYaml;
import io.narthex.alerting.internal.config.BadConfigurationException;
import io.narthex.alerting.internal.config.ConfigFiles;
import io.narthex.api.error.NarthexException;
import io.narthex.api.template.Template;
import io.narthex.api.template.TemplateEngine;
import io.narthex.api.template.TemplateErrors;
import io.narthex.api.template.TemplateSet;
import io.narthex.api.template.TemplateSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuardedKindsTest {
  private static final String FILE =
      """
      route: {receiver: a}
      receivers:
        - name: a
          page_configs:
            - url: %s
      """;

  private final FakeLoop loop = new FakeLoop();
  private final FakeGuard guard = new FakeGuard(loop);
  private final NotifierRegistry registry = new NotifierRegistry();
  private final FakeNotifier page = new FakeNotifier("page", told -> {});
  private TemplateEngine engine = (dialect, sources) -> new NoTemplates();

  private static final class NoTemplates implements TemplateSet {
    @Override
    public Template text(TemplateSource source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Template html(TemplateSource source) {
      throw new UnsupportedOperationException();
    }
  }

  private void register() {
    registry.add(NotifierRegistration.of(page, page.properties()));
  }

  private void load(boolean mayCome, Set<String> installed, String text) {
    new AlertmanagerYaml(
            new GuardedKinds(mayCome, installed, registry, new Templates(engine), guard),
            ConfigFiles.local())
        .decode("am.yml", text);
  }

  private void refused(boolean mayCome, Set<String> installed, String text, String... problems) {
    assertThatThrownBy(() -> load(mayCome, installed, text))
        .isInstanceOfSatisfying(
            BadConfigurationException.class,
            e -> assertThat(e.problems()).containsExactly(problems));
  }

  @Test
  void aNotifierChecksItsEntries() {
    register();

    refused(false, Set.of("page"), FILE.formatted("bad"), "am.yml:5:14: url must not be bad");
    refused(
        false,
        Set.of("page"),
        FILE.formatted("good").replace("url", "ulr"),
        "am.yml:5:9: unknown key \"ulr\" in receivers[0].page_configs[0]");
    load(false, Set.of("page"), FILE.formatted("good"));
    assertThat(page.closed).isEqualTo(page.made).isEqualTo(3);
  }

  @Test
  void aKindThatNobodyProvidesIsRefusedUnlessItMayCome() {
    refused(
        false,
        Set.of(),
        FILE.formatted("good"),
        "am.yml:4:5: unknown key \"page_configs\" in receivers[0]");
    load(true, Set.of(), FILE.formatted("good"));
  }

  @Test
  void entriesOfANotifierThatIsAwayPass() {
    load(false, Set.of("page"), FILE.formatted("bad"));
  }

  @Test
  void aBrokenNotifierKeepsNoConfigurationFromComingIntoForce() {
    register();
    page.gone = true;

    load(false, Set.of("page"), FILE.formatted("bad") + "      - url: bad\n");

    assertThat(guard.operations).containsExactly("create notifier");
  }

  @Test
  void templatesThatDoNotCompileAreNamed() {
    engine =
        (dialect, sources) -> {
          throw new NarthexException(TemplateErrors.PARSE, "template: x.tmpl:1:3: unexpected");
        };

    refused(
        false,
        Set.of("page"),
        "templates: []\n" + FILE.formatted("good"),
        "am.yml:1:1: the templates do not compile: template: x.tmpl:1:3: unexpected");
  }

  @Test
  void theFilesTemplatesComeAfterTheDefaultOnes() {
    List<TemplateSource> compiled = new ArrayList<>();
    engine =
        (dialect, sources) -> {
          compiled.addAll(sources);
          return new NoTemplates();
        };

    load(false, Set.of("page"), FILE.formatted("good"));

    assertThat(compiled)
        .extracting(TemplateSource::name)
        .containsExactly("default.tmpl", "email.tmpl");
  }
}
