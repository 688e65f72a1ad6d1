package io.narthex.launcher;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reads the command line of {@code narthex [server] FLAGS}. */
final class CommandLineFlags {
  private final Map<String, List<String>> values;

  private CommandLineFlags(Map<String, List<String>> values) {
    this.values = values;
  }

  /** What the command line asks for. */
  sealed interface Request {
    /** Run the server. */
    record Run(CommandLineFlags flags) implements Request {}

    /** Print a text and leave. */
    record Print(String text) implements Request {}
  }

  static Request parse(List<String> args, Versions versions) throws StartFailure {
    List<String> flags = args;
    if (!args.isEmpty() && args.getFirst().equals("server")) {
      flags = args.subList(1, args.size());
    }
    CommandLine commandLine = new CommandLine(spec());
    commandLine.setUnmatchedArgumentsAllowed(true);
    ParseResult result;
    try {
      result = commandLine.parseArgs(flags.toArray(String[]::new));
    } catch (MissingParameterException missing) {
      String flag = missing.getMissing().getFirst().toString().replaceFirst("^option ", "");
      throw usage("flag \"%s\" needs a value".formatted(flag));
    } catch (ParameterException wrong) {
      throw usage(String.valueOf(wrong.getMessage()));
    }
    if (!result.unmatched().isEmpty()) {
      throw usage(explainUnmatched(result.unmatched().getFirst()));
    }
    if (result.hasMatchedOption("help")) {
      return new Request.Print(commandLine.getUsageMessage());
    }
    if (result.hasMatchedOption("version")) {
      return new Request.Print(versions.text());
    }
    return new Request.Run(collect(result));
  }

  /** The values of each flag that was given or has a default. */
  Map<String, List<String>> values() {
    return values;
  }

  /** The only or last value of a flag; {@code ""} if there is none. */
  String get(String name) {
    List<String> all = values.getOrDefault(name, List.of());
    return all.isEmpty() ? "" : all.getLast();
  }

  private static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("narthex");
    spec.usageMessage()
        .customSynopsis("narthex [server] [FLAGS]")
        .description(
            "%nA monitoring server with Prometheus' configuration, PromQL and HTTP API,"
                + " extended by bundles while it runs.%n")
        .width(110);
    for (Flag flag : Flag.ALL) {
      OptionSpec.Builder option =
          OptionSpec.builder("--" + flag.name())
              .description(
                  flag.help().replace("%", "%%")
                      + (flag.defaultValue() == null || flag.defaultValue().isEmpty()
                          ? ""
                          : " Default: " + flag.defaultValue().replace("%", "%%")))
              .type(List.class)
              .auxiliaryTypes(String.class)
              .paramLabel("<" + flag.type().name().toLowerCase(Locale.ROOT) + ">");
      if (flag.type() == Flag.Type.SWITCH) {
        option.arity("0..1").fallbackValue("true");
        spec.addOption(
            OptionSpec.builder("--no-" + flag.name())
                .arity("0")
                .type(boolean.class)
                .hidden(true)
                .build());
      } else {
        option.arity("1");
      }
      spec.addOption(option.build());
    }
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Print this.").build());
    spec.addOption(
        OptionSpec.builder("--version")
            .versionHelp(true)
            .description("Print the version.")
            .build());
    return spec;
  }

  private static CommandLineFlags collect(ParseResult result) throws StartFailure {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Flag flag : Flag.ALL) {
      List<String> given = new ArrayList<>();
      if (result.hasMatchedOption("--" + flag.name())) {
        List<?> raw = result.matchedOptionValue("--" + flag.name(), List.of());
        raw.forEach(value -> given.add(String.valueOf(value)));
      }
      if (flag.type() == Flag.Type.SWITCH && result.hasMatchedOption("--no-" + flag.name())) {
        given.add("false");
      }
      if (given.size() > 1 && !flag.repeatable()) {
        throw usage(
            "flag \"--%s\" is given %d times; give it once".formatted(flag.name(), given.size()));
      }
      for (String value : given) {
        if (!flag.type().accepts(value)) {
          throw usage(
              "flag \"--%s\" is \"%s\"; it takes %s"
                  .formatted(flag.name(), value, flag.type().description()));
        }
      }
      String defaultValue = flag.defaultValue();
      if (!given.isEmpty()) {
        values.put(flag.name(), List.copyOf(given));
      } else if (defaultValue != null) {
        values.put(
            flag.name(),
            defaultValue.isEmpty() && flag.repeatable() ? List.of() : List.of(defaultValue));
      }
    }
    return new CommandLineFlags(values);
  }

  private static String explainUnmatched(String argument) {
    if (!argument.startsWith("-")) {
      return "unexpected argument \"%s\"; flags begin with --".formatted(argument);
    }
    String name = argument.replaceFirst("^--?(no-)?", "").replaceFirst("=.*", "");
    if (UpstreamFlags.NOT_YET.contains(name)) {
      return "flag \"--%s\" is a flag of Prometheus that this version of Narthex does not support yet"
          .formatted(name);
    }
    List<String> known =
        Stream.concat(Flag.ALL.stream().map(Flag::name), Stream.of("help", "version"))
            .collect(Collectors.toList());
    return Spelling.nearest(name, known)
        .map(near -> "unknown flag \"--%s\". Did you mean \"--%s\"?".formatted(name, near))
        .orElse("unknown flag \"--%s\"".formatted(name));
  }

  private static StartFailure usage(String message) {
    return new StartFailure(
        StartFailure.USAGE,
        message + (message.endsWith("?") ? "" : ".") + " All flags: narthex --help");
  }
}
