package io.narthex.templates.internal;

import io.narthex.api.template.Template;
import io.narthex.api.template.TemplateSet;
import io.narthex.api.template.TemplateSource;
import io.narthex.templates.internal.execute.Program;
import io.narthex.templates.internal.function.Functions;
import io.narthex.templates.internal.syntax.Definition;
import io.narthex.templates.internal.syntax.Parser;
import io.narthex.templates.internal.syntax.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Definitions that were parsed. */
record CompiledSet(Dialects.Rules rules, Map<String, Definition> definitions)
    implements TemplateSet {
  static CompiledSet of(Dialects.Rules rules, List<TemplateSource> sources) {
    Map<String, Definition> definitions = new HashMap<>();
    for (TemplateSource source : sources) {
      // Whichever output it will be for, the functions of HTML are the most there are.
      add(definitions, new Source(source.name(), source.text(), 0), rules.html());
    }
    return new CompiledSet(rules, Map.copyOf(definitions));
  }

  private static void add(Map<String, Definition> definitions, Source source, Functions functions) {
    Parser.parse(source, functions::has)
        .forEach(
            (name, definition) -> {
              // Upstream: what is empty does not replace what is not.
              if (!definition.isEmpty() || !definitions.containsKey(name)) {
                definitions.put(name, definition);
              }
            });
  }

  @Override
  public Template text(TemplateSource source) {
    return compile(source, rules.text(), false);
  }

  @Override
  public Template html(TemplateSource source) {
    return compile(source, rules.html(), true);
  }

  private Template compile(TemplateSource source, Functions functions, boolean html) {
    Map<String, Definition> all = new HashMap<>(definitions);
    // An empty text is a template, whatever else has its name.
    all.remove(source.name());
    String text = rules.prefix() + source.text();
    add(all, new Source(source.name(), text, rules.prefix().length()), functions);
    return new CompiledTemplate(new Program(all, functions, html), source.name(), rules.named());
  }
}
