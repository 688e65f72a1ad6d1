package io.narthex.scrape.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.ScrapeLimits;
import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.model.NameValidation;
import io.narthex.api.relabel.RelabelAction;
import io.narthex.api.relabel.RelabelRule;
import io.narthex.scrape.internal.loop.Targets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharedRulesTest {
  private final SimpleRelabelling relabelling = new SimpleRelabelling();
  private final SharedRules rules = new SharedRules(relabelling);

  @Test
  void equalOptionsShareTheirRules() {
    SeriesRules first = rules.of(dropping("a"));

    assertThat(rules.of(dropping("a"))).isSameAs(first);
    assertThat(rules.of(dropping("b"))).isNotSameAs(first);
    assertThat(relabelling.compiled()).isEqualTo(2);
  }

  @Test
  void whatIsNotRetainedIsMadeAgain() {
    SeriesRules first = rules.of(dropping("a"));
    SeriesRules second = rules.of(dropping("b"));
    rules.retain(Set.of(dropping("a")));

    assertThat(rules.of(dropping("a"))).isSameAs(first);
    assertThat(rules.of(dropping("b"))).isNotSameAs(second);
  }

  @Test
  void withoutRulesNothingIsCompiled() {
    rules.of(ScrapeOptions.DEFAULT);

    assertThat(relabelling.compiled()).isZero();
  }

  @Test
  void seriesAreTheSameUnlessWhatMakesThemDiffers() {
    SeriesRules plain = rules.of(ScrapeOptions.DEFAULT);

    assertThat(plain.makeSameSeriesAs(rules.of(Targets.options(false, false)))).isTrue();
    assertThat(plain.makeSameSeriesAs(rules.of(limited(new ScrapeLimits(9, 0, 0, 0, 9))))).isTrue();
    assertThat(plain.makeSameSeriesAs(rules.of(Targets.options(true, true)))).isFalse();
    assertThat(plain.makeSameSeriesAs(rules.of(dropping("a")))).isFalse();
    assertThat(plain.makeSameSeriesAs(rules.of(limited(new ScrapeLimits(0, 9, 0, 0, 0)))))
        .isFalse();
    assertThat(plain.makeSameSeriesAs(rules.of(limited(new ScrapeLimits(0, 0, 9, 0, 0)))))
        .isFalse();
    assertThat(plain.makeSameSeriesAs(rules.of(limited(new ScrapeLimits(0, 0, 0, 9, 0)))))
        .isFalse();
    assertThat(plain.makeSameSeriesAs(rules.of(named(NameValidation.LEGACY)))).isFalse();
  }

  static ScrapeOptions dropping(String name) {
    RelabelRule rule =
        new RelabelRule(
            List.of("__name__"), ";", name, 0, "", "", RelabelAction.DROP, NameValidation.UTF8);
    return options(ScrapeLimits.NONE, List.of(rule), NameValidation.UTF8);
  }

  static ScrapeOptions limited(ScrapeLimits limits) {
    return options(limits, List.of(), NameValidation.UTF8);
  }

  private static ScrapeOptions named(NameValidation names) {
    return options(ScrapeLimits.NONE, List.of(), names);
  }

  private static ScrapeOptions options(
      ScrapeLimits limits, List<RelabelRule> relabelRules, NameValidation names) {
    ScrapeOptions base = ScrapeOptions.DEFAULT;
    return new ScrapeOptions(
        base.honorLabels(),
        base.honorTimestamps(),
        base.trackTimestampsStaleness(),
        base.enableCompression(),
        base.protocols(),
        base.fallbackProtocol(),
        limits,
        relabelRules,
        base.http(),
        names,
        base.escaping(),
        base.extraMetrics(),
        base.histograms(),
        base.failureLog());
  }
}
