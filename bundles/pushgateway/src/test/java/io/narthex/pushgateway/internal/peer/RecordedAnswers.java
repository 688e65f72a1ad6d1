package io.narthex.pushgateway.internal.peer;

import java.util.LinkedHashMap;
import java.util.Map;

/** Answers to scenarios in a file: a line {@code == name}, maybe {@code # why}, and the answers. */
final class RecordedAnswers {
  static final String DEBIAN = "debian-1.5.1.txt";
  static final String DIFFERENCES = "differences.txt";

  private RecordedAnswers() {}

  /** The answers by the names of their scenarios. */
  static Map<String, String> read(String file) {
    Map<String, StringBuilder> texts = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder();
    for (String line : PushCases.resource(file).lines().toList()) {
      if (line.startsWith("== ")) {
        text = new StringBuilder();
        if (texts.put(line.substring(3), text) != null) {
          throw new IllegalStateException("twice: " + line);
        }
      } else if (!line.startsWith("#") && !line.isEmpty()) {
        text.append(line).append('\n');
      }
    }
    Map<String, String> answers = new LinkedHashMap<>();
    texts.forEach((name, answer) -> answers.put(name, answer.toString()));
    return answers;
  }

  /** The answers as such a file. */
  static String write(Map<String, String> answers) {
    StringBuilder text = new StringBuilder();
    answers.forEach((name, answer) -> text.append("== ").append(name).append('\n').append(answer));
    return text.toString();
  }
}
