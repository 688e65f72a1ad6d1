package io.narthex.alerting.internal.matcher;

import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.slf4j.spi.NOPLoggingEventBuilder;

/**
 * Parses matchers as upstream does while it moves from one syntax to the other: by the new rules,
 * and by the classic ones where only those can read the text, or where the two read it differently.
 * May be used from any thread.
 */
public final class MatcherParser {
  private static final Logger logger = LoggerFactory.getLogger(MatcherParser.class);

  private final String origin;
  private final boolean warns;

  /**
   * A parser.
   *
   * @param origin where the texts come from, for the log: {@code config} or {@code api}
   */
  public MatcherParser(String origin) {
    this(origin, true);
  }

  private MatcherParser(String origin, boolean warns) {
    this.origin = origin;
    this.warns = warns;
  }

  /** One that logs nothing, for texts that were read before. */
  public static MatcherParser quiet() {
    return new MatcherParser("", false);
  }

  /**
   * Parses one matcher, without braces.
   *
   * @throws BadMatcherException if the text is none, worded as upstream's
   */
  public AlertMatcher parseOne(String input) {
    if (input.startsWith("{") || input.endsWith("}")) {
      throw new BadMatcherException("unexpected open or close brace: " + input);
    }
    return parse(input, Form.ONE).list().getFirst();
  }

  /**
   * Parses any number of matchers, separated by commas, with or without braces.
   *
   * @throws BadMatcherException if they are none, worded as upstream's
   */
  public Matchers parseAll(String input) {
    return parse(input, Form.ANY);
  }

  private enum Form {
    ONE,
    ANY
  }

  private Matchers parse(String input, Form form) {
    Attempt modern = Attempt.of(() -> modern(input, form));
    Attempt classic = Attempt.of(() -> classic(input, form));
    return switch (modern) {
      case Attempt.Read(Matchers read) -> agreed(input, read, classic);
      case Attempt.Failed(BadMatcherException e) -> fallback(input, e, classic);
    };
  }

  private static Matchers modern(String input, Form form) {
    Matchers matchers = Utf8Parser.parse(input);
    if (form == Form.ONE && matchers.list().size() != 1) {
      throw new BadMatcherException(
          "expected 1 matcher, found %d".formatted(matchers.list().size()));
    }
    return matchers;
  }

  private static Matchers classic(String input, Form form) {
    return form == Form.ONE
        ? new Matchers(List.of(ClassicParser.parseOne(input)))
        : ClassicParser.parseAll(input);
  }

  private Matchers agreed(String input, Matchers modern, Attempt classic) {
    if (classic instanceof Attempt.Read(Matchers other) && !other.equals(modern)) {
      warning(input)
          .addKeyValue("modern", modern)
          .addKeyValue("classic", other)
          .log("matchers that the new and the classic syntax read differently; taken as classic");
      return other;
    }
    return modern;
  }

  private Matchers fallback(String input, BadMatcherException problem, Attempt classic) {
    return switch (classic) {
      case Attempt.Failed(BadMatcherException e) -> throw e;
      case Attempt.Read(Matchers read) -> {
        warning(input)
            .addKeyValue("err", problem.getMessage())
            .addKeyValue("suggestion", read)
            .log(
                "matchers in the classic syntax, which will go; put values and expressions in"
                    + " double quotes and escape backslashes");
        yield read;
      }
    };
  }

  private LoggingEventBuilder warning(String input) {
    return (warns ? logger.atWarn() : NOPLoggingEventBuilder.singleton())
        .addKeyValue("input", input)
        .addKeyValue("origin", origin);
  }

  /** What came of parsing by one set of rules. */
  private sealed interface Attempt {
    record Read(Matchers matchers) implements Attempt {}

    record Failed(BadMatcherException problem) implements Attempt {}

    static Attempt of(Supplier<Matchers> parser) {
      try {
        return new Read(parser.get());
      } catch (BadMatcherException e) {
        return new Failed(e);
      }
    }
  }
}
