package io.narthex.alerting.internal.api;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.narthex.alerting.internal.matcher.AlertMatcher;
import io.narthex.alerting.internal.matcher.BadMatcherException;
import io.narthex.alerting.internal.matcher.GoText;
import io.narthex.alerting.internal.matcher.Matchers;
import io.narthex.alerting.internal.silence.Silence;
import io.narthex.api.model.MatchType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the body of {@code POST /silences}. */
final class PostedSilence {
  private final JsonBody body;
  private final List<PostedMatcher> matchers = new ArrayList<>();
  private boolean hasMatchers;
  private String id = "";
  private @Nullable String comment;
  private @Nullable String createdBy;
  private @Nullable OptionalLong startsAt;
  private @Nullable OptionalLong endsAt;
  private Map<String, String> annotations = Map.of();

  private PostedSilence(JsonBody body) {
    this.body = body;
  }

  /** A matcher as it comes. */
  private static final class PostedMatcher {
    private @Nullable String name;
    private @Nullable String value;
    private @Nullable Boolean isRegex;
    private boolean isEqual = true;

    MatchType type() {
      boolean regex = Boolean.TRUE.equals(isRegex);
      if (isEqual) {
        return regex ? MatchType.REGEX : MatchType.EQUAL;
      }
      return regex ? MatchType.NOT_REGEX : MatchType.NOT_EQUAL;
    }
  }

  /** The silence that is wanted. */
  static Silence read(byte[] bytes) {
    try (JsonBody body = new JsonBody("silence", bytes)) {
      PostedSilence posted = new PostedSilence(body);
      body.whole(() -> body.object("the body", posted::readField));
      return posted.silence();
    }
  }

  private void readField(String name) throws IOException {
    switch (name) {
      case "id" -> id = Objects.requireNonNullElse(body.text("id"), "");
      case "comment" -> comment = body.text("comment");
      case "createdby" -> createdBy = body.text("createdBy");
      case "startsat" -> startsAt = body.time("startsAt");
      case "endsat" -> endsAt = body.time("endsAt");
      case "annotations" ->
          annotations = Objects.requireNonNullElse(body.texts("annotations"), Map.of());
      case "matchers" -> {
        hasMatchers = !body.isNull();
        matchers.clear();
        body.list("matchers", this::readMatcher);
      }
      default -> body.skip();
    }
  }

  private void readMatcher() throws IOException {
    PostedMatcher matcher = new PostedMatcher();
    body.object(
        "a matcher",
        name -> {
          switch (name) {
            case "name" -> matcher.name = body.text("name");
            case "value" -> matcher.value = body.text("value");
            case "isregex" -> matcher.isRegex = body.bool("isRegex");
            case "isequal" ->
                matcher.isEqual = Objects.requireNonNullElse(body.bool("isEqual"), true);
            default -> body.skip();
          }
        });
    matchers.add(matcher);
  }

  private Silence silence() {
    String givenComment = required("comment", comment);
    String givenCreatedBy = required("createdBy", createdBy);
    OptionalLong end = required("endsAt", endsAt);
    checkMatchers();
    OptionalLong start = required("startsAt", startsAt);
    checkTimes(start, end);
    List<AlertMatcher> parsed = new ArrayList<>();
    for (PostedMatcher matcher : matchers) {
      parsed.add(matcher(matcher, parsed.size()));
    }
    return new Silence(
        id,
        List.of(new Matchers(parsed)),
        start.orElse(0),
        end.orElse(0),
        0,
        givenCreatedBy,
        givenComment,
        new TreeMap<>(annotations));
  }

  private void checkMatchers() {
    if (!hasMatchers) {
      throw missing("matchers");
    }
    if (matchers.isEmpty()) {
      throw new RequestException(
          Answer.error(612, "matchers in body should have at least 1 items"));
    }
    for (int i = 0; i < matchers.size(); i++) {
      PostedMatcher matcher = matchers.get(i);
      String prefix = "matchers.%d.".formatted(i);
      required(prefix + "isRegex", matcher.isRegex);
      required(prefix + "name", matcher.name);
      required(prefix + "value", matcher.value);
    }
  }

  /** Nothing counts as the beginning of all times. */
  private static void checkTimes(OptionalLong start, OptionalLong end) {
    if (start.orElse(Long.MIN_VALUE) >= end.orElse(Long.MIN_VALUE)) {
      throw refused("Failed to create silence: start time must be before end time");
    }
  }

  private static AlertMatcher matcher(PostedMatcher matcher, int index) {
    String value = Objects.requireNonNullElse(matcher.value, "");
    try {
      return AlertMatcher.of(matcher.type(), Objects.requireNonNullElse(matcher.name, ""), value);
    } catch (BadMatcherException e) {
      throw refused(
          "invalid silence: invalid label matcher %d in set 0: invalid regular expression %s: %s"
              .formatted(index, GoText.quote(value), problem(value).orElse(e.getMessage())));
    }
  }

  /** What is wrong with an expression without what anchors it, as upstream tells it. */
  private static Optional<String> problem(String expression) {
    try {
      Pattern.compile(expression);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  private static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw missing(field);
    }
    return value;
  }

  private static RequestException missing(String field) {
    return new RequestException(Answer.error(602, field + " in body is required"));
  }

  private static RequestException refused(String message) {
    return new RequestException(Answer.text(400, message));
  }
}
