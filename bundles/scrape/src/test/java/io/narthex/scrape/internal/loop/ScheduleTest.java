package io.narthex.scrape.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  @ParameterizedTest
  @CsvSource({"0, 300", "299, 300", "300, 300", "301, 1300", "1299, 1300", "123456, 124300"})
  void theFirstScrapeIsAtTheNextTimeOfThePhase(long now, long expected) {
    assertThat(new Schedule(1000, 300, 2).firstFrom(now)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1300, 1301, 2300, on time",
    "1300, 2299, 2300, nearly too late",
    "1300, 2300, 2300, exactly due",
    "1300, 2400, 2300, late: due at once",
    "1300, 5400, 5300, very late: those before are skipped",
    "9300, 100, 300, the clock was set back",
    "9300, 300, 1300, the clock was set back to the phase: never twice at once"
  })
  void theNextScrape(long due, long now, long expected, String why) {
    assertThat(new Schedule(1000, 300, 2).after(due, now)).as(why).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1000, 1000, 1300", "1299, 1299, 1300", "1400, 1450, 2300"})
  void afterOneOutOfTurnComesThePhase(long due, long now, long expected) {
    assertThat(new Schedule(1000, 300, 2).after(due, now)).isEqualTo(expected);
  }

  @Test
  void aScrapeThatFiredALittleEarlyIsNotRepeated() {
    assertThat(new Schedule(1000, 300, 2).after(1300, 1299)).isEqualTo(2300);
  }

  @ParameterizedTest
  @CsvSource({
    "15000, 1000, 1000, 1000", "15000, 1000, 1002, 1000", "15000, 1000, 1003, 1003",
        "15000, 1000, 998, 1000",
    "15000, 1000, 990, 990", "100, 1000, 1001, 1000", "100, 1000, 1002, 1002",
        "50, 1000, 1001, 1001"
  })
  void timestampsSnapToTheScheduleWithinATolerance(
      long interval, long due, long now, long expected) {
    assertThat(new Schedule(interval, 0, 2).timestamp(due, now)).isEqualTo(expected);
  }

  @Test
  void thePhaseIsTheHashModuloTheInterval() {
    assertThat(Schedule.of(1000, 12_345, 2)).isEqualTo(new Schedule(1000, 345, 2));
    assertThat(Schedule.of(1000, -1, 2).phaseMillis()).isBetween(0L, 999L);
  }
}
