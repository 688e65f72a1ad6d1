package io.narthex.launcher;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A flag of the server.
 *
 * @param name without dashes
 * @param defaultValue null: the flag may be absent
 * @param repeatable whether it may be given several times
 */
record Flag(
    String name, Type type, @Nullable String defaultValue, boolean repeatable, String help) {

  /** What a flag's value may be. */
  enum Type {
    TEXT("a text", ".*"),
    PATH("a path", ".+"),
    REGEX("a regular expression", ".*") {
      @Override
      boolean accepts(String value) {
        try {
          Pattern.compile(value);
          return true;
        } catch (PatternSyntaxException e) {
          return false;
        }
      }
    },
    SWITCH("true or false", "true|false"),
    COUNT("a whole number above 0, at most 9 digits", "0*[1-9][0-9]{0,8}"),
    DURATION("a duration such as 30s, 5m or 1h30m", "0|(?=.)" + Syntax.DURATION),
    SPAN("a duration above 0 such as 30s, 5m or 1h30m", "(?=.*[1-9])" + Syntax.DURATION),
    SIZE("a size such as 512MB or 2GB", "|[0-9]{1,12}(B|KB|MB|GB|TB)"),
    ADDRESS(
        "an address such as :9090, 127.0.0.1:9090 or [::1]:9090",
        "([^:\\[\\]]*|\\[[0-9a-fA-F:.]+]):[0-9]{1,5}"),
    LEVEL("debug, info, warn or error", "debug|info|warn|error"),
    FORMAT("logfmt or json", "logfmt|json");

    private static final int MAX_PORT = 65_535;

    /** Numbers are short enough that their sum is no more than upstream's 292 years. */
    private static final class Syntax {
      static final String DURATION =
          "([0-9]{1,2}y)?([0-9]{1,3}w)?([0-9]{1,4}d)?([0-9]{1,5}h)?([0-9]{1,7}m)?([0-9]{1,9}s)?"
              + "([0-9]{1,12}ms)?";
    }

    private final String description;
    private final Pattern syntax;

    Type(String description, String syntax) {
      this.description = description;
      this.syntax = Pattern.compile(syntax);
    }

    String description() {
      return description;
    }

    boolean accepts(String value) {
      return syntax.matcher(value).matches() && (this != ADDRESS || hasPort(value));
    }

    private static boolean hasPort(String address) {
      return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)) <= MAX_PORT;
    }
  }

  static Flag of(String name, Type type, String defaultValue, String help) {
    return new Flag(name, type, defaultValue, false, help);
  }

  static Flag optional(String name, Type type, String help) {
    return new Flag(name, type, null, false, help);
  }

  /** All flags the server takes, in the order of {@code --help}. */
  static final List<Flag> ALL =
      List.of(
          optional(
              "config.file",
              Type.TEXT,
              "Configuration file. Default: prometheus.yml of the working directory if there is one,"
                  + " else a built-in configuration that scrapes this server."),
          of(
              "config.auto-reload",
              Type.SWITCH,
              "false",
              "Whether the configuration is reloaded when one of its files changes."),
          of(
              "config.auto-reload-interval",
              Type.SPAN,
              "30s",
              "How often the files are looked at for changes."),
          new Flag(
              "web.listen-address",
              Type.ADDRESS,
              ":9090",
              true,
              "Address to listen on for UI, API and metrics. May be repeated."),
          of("web.read-timeout", Type.SPAN, "5m", "How long a connection may be idle."),
          of(
              "web.max-connections",
              Type.COUNT,
              "512",
              "How many connections there may be at a time."),
          of(
              "web.cors.origin",
              Type.REGEX,
              ".*",
              "Regular expression, anchored, of the origins allowed by CORS."),
          of(
              "web.enable-lifecycle",
              Type.SWITCH,
              "false",
              "Whether POST to /-/reload and /-/quit reloads the configuration and stops the server."),
          of(
              "web.max-notifications-subscribers",
              Type.COUNT,
              "16",
              "How many clients may follow the notifications live at a time."),
          of(
              "web.enable-admin-api",
              Type.SWITCH,
              "false",
              "Whether the API may change things: stop and start bundles, set log levels."),
          of(
              "web.enable-remote-write-receiver",
              Type.SWITCH,
              "false",
              "Whether samples are taken by remote write at /api/v1/write."),
          of(
              "storage.tsdb.path",
              Type.PATH,
              "data/",
              "Data directory; everything that is written lies in it."),
          of("storage.tsdb.retention.time", Type.DURATION, "15d", "How long samples are kept."),
          of(
              "storage.head.max-bytes",
              Type.SIZE,
              "",
              "How much memory series and samples may take, for example 512MB; beyond it new series"
                  + " are refused. Default: a share of what the process may use."),
          of(
              "storage.log.sync-interval",
              Type.DURATION,
              "1s",
              "How often what was written is brought to the disk: what a loss of power costs at most."
                  + " 0: with every commit. What was acknowledged survives the death of the process"
                  + " in any case."),
          of(
              "scrape.adjust-timestamps",
              Type.SWITCH,
              "true",
              "Whether a scrape that begins a little late gets the time it was due."),
          of(
              "scrape.timestamp-tolerance",
              Type.DURATION,
              "2ms",
              "How late a scrape may begin to get the time it was due."),
          of(
              "scrape.discovery-reload-interval",
              Type.SPAN,
              "5s",
              "How often changes of discovered targets are taken over."),
          of(
              "query.lookback-delta",
              Type.SPAN,
              "5m",
              "How far back a selector looks for the newest sample."),
          of("query.timeout", Type.SPAN, "2m", "How long a query may take."),
          of("query.max-concurrency", Type.COUNT, "20", "How many queries run at a time."),
          of(
              "query.max-samples",
              Type.COUNT,
              "50000000",
              "How many samples one query may hold in memory."),
          of(
              "rules.alert.for-outage-tolerance",
              Type.DURATION,
              "1h",
              "How long an outage may be after which the \"for\" clocks of alerts go on."),
          of(
              "rules.alert.for-grace-period",
              Type.DURATION,
              "10m",
              "How long after a restart an alert whose clock goes on waits at least; only for those"
                  + " whose \"for\" is longer."),
          of(
              "rules.alert.resend-delay",
              Type.DURATION,
              "1m",
              "How long to wait before an alert is sent again."),
          of(
              "rules.max-concurrent-evals",
              Type.COUNT,
              "4",
              "How many queries of rules run at a time."),
          optional(
              "alertmanager.config.file",
              Type.PATH,
              "Alertmanager configuration file. Without it alerts are shown, but nobody is told."),
          optional(
              "alertmanager.listen-address",
              Type.ADDRESS,
              "Address where the Alertmanager's API answers without the prefix /alertmanager as well;"
                  + " for example :9093. Default: only under that prefix."),
          optional(
              "pushgateway.listen-address",
              Type.ADDRESS,
              "Address where the Pushgateway answers without the prefix /pushgateway as well; for"
                  + " example :9091. Default: only under that prefix."),
          of(
              "console.listen-address",
              Type.ADDRESS,
              "127.0.0.1:9099",
              "Address of the management console; it must be on loopback."),
          optional(
              "console.users-file",
              Type.PATH,
              "File with who may use the management console. Without it there is no console."),
          of(
              "deploy.dir",
              Type.TEXT,
              "",
              "Folder whose bundles (jars) are installed and started while the server runs."
                  + " Default: deploy in the installation."),
          of(
              "kernel.cache-dir",
              Type.TEXT,
              "",
              "Where the framework unpacks bundles, in a folder of its own that is emptied at each start. Default: the data directory."),
          new Flag(
              "enable-feature",
              Type.TEXT,
              "",
              true,
              "Comma-separated feature names. May be repeated. Known: exemplar-storage;"
                  + " others are warned about."),
          of(
              "log.level",
              Type.LEVEL,
              "info",
              "Only log messages of this level and above: debug, info, warn, error."),
          of("log.format", Type.FORMAT, "logfmt", "Format of log lines: logfmt or json."));
}
