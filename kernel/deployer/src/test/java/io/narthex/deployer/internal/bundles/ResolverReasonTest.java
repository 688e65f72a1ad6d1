package io.narthex.deployer.internal.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolverReasonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Unable to resolve x [52](R 52.0): missing requirement [x [52](R 52.0)] osgi.wiring.package; (osgi.wiring.package=com.acme) Unresolved requirements: [[x [52](R 52.0)] osgi.wiring.package; (osgi.wiring.package=com.acme)]|it needs package com.acme, which no bundle offers to drop-ins",
        "missing requirement osgi.wiring.package; (&(osgi.wiring.package=io.narthex.spi.exporter)(version>=2.0.0)(!(version>=3.0.0)))|it needs package io.narthex.spi.exporter from version 2.0.0, below 3.0.0, which no bundle offers to drop-ins",
        "missing requirement osgi.ee; (&(osgi.ee=JavaSE)(version=99))|it needs Java 99, which no bundle offers to drop-ins",
        "missing requirement osgi.wiring.bundle; (&(osgi.wiring.bundle=io.narthex.lib.chronicle))|it needs bundle io.narthex.lib.chronicle, which no bundle offers to drop-ins",
        "something new|something new"
      })
  void saysWhatIsMissing(String resolver, String words) {
    assertThat(ResolverReason.explain(resolver)).isEqualTo(words);
  }
}
