package io.narthex.rules.internal;

import io.narthex.api.config.ConfigurationCheck;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.query.ExpressionParser;
import io.narthex.api.template.TemplateEngine;
import io.narthex.rules.internal.file.RuleFiles;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Checks the files of rules before a configuration comes into force. */
@Component
public final class RuleFilesCheck implements ConfigurationCheck {
  private final ExpressionParser expressions;
  private final TemplateEngine templates;

  /** Checks with what is there. */
  @Activate
  public RuleFilesCheck(
      @Reference ExpressionParser expressions, @Reference TemplateEngine templates) {
    this.expressions = expressions;
    this.templates = templates;
  }

  @Override
  public List<String> check(PrometheusConfig candidate) {
    return candidate.rules().files().isEmpty()
        ? List.of()
        : new RuleFiles(expressions, templates).read(candidate).problems();
  }
}
