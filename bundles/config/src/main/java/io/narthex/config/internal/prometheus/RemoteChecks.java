package io.narthex.config.internal.prometheus;

import io.narthex.api.model.NameValidation;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import io.narthex.config.internal.schema.Setting;
import io.narthex.config.internal.schema.Settings;
import java.util.List;

/** Checks the entries of {@code remote_write} and {@code remote_read}. */
final class RemoteChecks {
  private static final List<String> POSITIVE =
      List.of("max_shards", "min_shards", "max_samples_per_send", "capacity");

  private static final String AUTHORIZATION = "use basic_auth, authorization or oauth2";

  private final NameValidation names;

  RemoteChecks(NameValidation names) {
    this.names = names;
  }

  void checkWrite(Settings write) {
    requireUrl(write);
    ReservedHeaders.check(write, AUTHORIZATION);
    RelabelDecoder.decode(write, "write_relabel_configs", names);
    CloudAuthChecks.checkExclusive(write, "sigv4", "azuread", "google_iam");
    write.child("sigv4").ifPresent(CloudAuthChecks::checkSigV4);
    write.child("azuread").ifPresent(CloudAuthChecks::checkAzure);
    write.child("queue_config").ifPresent(RemoteChecks::checkQueue);
  }

  void checkRead(Settings read) {
    requireUrl(read);
    ReservedHeaders.check(read, AUTHORIZATION);
  }

  private static void requireUrl(Settings settings) {
    Section section = settings.section();
    boolean missing = !(settings.get("url") instanceof Setting.Url url) || url.text().isEmpty();
    boolean wrong = section.value("url").filter(v -> !isEmptyText(v)).isPresent();
    if (section.isMapping() && missing && !wrong) {
      section.report(
          section.position("url"), "url in %s is missing or empty".formatted(section.name()));
    }
  }

  private static boolean isEmptyText(ConfigNode value) {
    return value instanceof ConfigNode.Scalar scalar && scalar.text().isEmpty();
  }

  private static void checkQueue(Settings queue) {
    Section section = queue.section();
    for (String key : POSITIVE) {
      if (queue.number(key) <= 0) {
        section.report(
            section.valuePosition(key), "%s in %s must be above 0".formatted(key, section.name()));
      }
    }
    long shards = queue.number("max_shards");
    if (shards > 0 && queue.number("min_shards") > shards) {
      section.report(
          section.valuePosition("min_shards"),
          "min_shards (%d) is greater than max_shards (%d) in %s; it must not be"
              .formatted(queue.number("min_shards"), shards, section.name()));
    }
    if (queue.duration("max_backoff").compareTo(queue.duration("min_backoff")) < 0) {
      section.report(
          section.valuePosition(section.has("max_backoff") ? "max_backoff" : "min_backoff"),
          "max_backoff is less than min_backoff in %s; it must not be".formatted(section.name()));
    }
  }
}
