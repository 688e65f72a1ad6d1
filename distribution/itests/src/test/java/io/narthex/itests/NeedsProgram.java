package io.narthex.itests;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The test needs these programs on the PATH; without them it is skipped, and says which one is
 * missing.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsProgram.Condition.class)
@interface NeedsProgram {
  String[] value();

  /** Whether it must run as root, to make namespaces. */
  boolean asRoot() default false;

  /** Looks on the PATH. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return AnnotationSupport.findAnnotation(context.getElement(), NeedsProgram.class)
          .map(Condition::evaluate)
          .orElse(ConditionEvaluationResult.enabled("needs nothing"));
    }

    private static ConditionEvaluationResult evaluate(NeedsProgram needs) {
      Optional<String> missing =
          Stream.of(needs.value()).filter(program -> !isOnPath(program)).findFirst();
      if (missing.isPresent()) {
        return ConditionEvaluationResult.disabled(
            "skipped: " + missing.get() + " is not installed");
      }
      if (needs.asRoot() && !System.getProperty("user.name").equals("root")) {
        return ConditionEvaluationResult.disabled("skipped: it needs root, to make namespaces");
      }
      return ConditionEvaluationResult.enabled("all there");
    }

    private static boolean isOnPath(String program) {
      return Stream.of(System.getenv("PATH").split(":"))
          .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
  }
}
