package io.narthex.config.internal.prometheus;

import io.narthex.api.config.ScrapeConfig;
import io.narthex.config.internal.schema.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decodes the scrape configs of all files; each must have a job name of its own. */
final class JobDecoder {
  private final ScrapeDecoder decoder;
  private final SourceFile main;
  private final Map<String, String> firstWithName = new HashMap<>();

  JobDecoder(ScrapeDecoder decoder, SourceFile main) {
    this.decoder = decoder;
    this.main = main;
  }

  List<ScrapeConfig> decode(SourceFile file, Settings settings) {
    List<ScrapeConfig> scrapes = new ArrayList<>();
    for (Settings scrape : settings.children("scrape_configs")) {
      scrapes.add(decoder.decode(scrape));
      checkName(file, scrape);
    }
    return scrapes;
  }

  private void checkName(SourceFile file, Settings scrape) {
    String job = scrape.text("job_name");
    if (job.isEmpty()) {
      if (scrape.section().isMapping()) {
        scrape
            .section()
            .report(
                scrape.section().position("job_name"),
                "job_name in %s is missing or empty".formatted(scrape.section().path()));
      }
      return;
    }
    String path = scrape.section().path();
    String first =
        firstWithName.putIfAbsent(
            job, file == main ? path : "%s of %s".formatted(path, file.name()));
    if (first != null) {
      scrape
          .section()
          .report(
              scrape.section().position(),
              "%s has the job_name \"%s\" of %s; each must have its own"
                  .formatted(path, job, first));
    }
  }
}
