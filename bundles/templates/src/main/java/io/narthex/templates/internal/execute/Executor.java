package io.narthex.templates.internal.execute;

import io.narthex.api.error.NarthexException;
import io.narthex.api.template.TemplateContext;
import io.narthex.api.template.TemplateErrors;
import io.narthex.templates.internal.function.Call;
import io.narthex.templates.internal.output.HtmlOutput;
import io.narthex.templates.internal.output.Output;
import io.narthex.templates.internal.output.PlainOutput;
import io.narthex.templates.internal.syntax.Definition;
import io.narthex.templates.internal.syntax.Node;
import io.narthex.templates.internal.value.Comparison;
import io.narthex.templates.internal.value.GoFormat;
import io.narthex.templates.internal.value.GoQuote;
import io.narthex.templates.internal.value.Kind;
import io.narthex.templates.internal.value.LimitFault;
import io.narthex.templates.internal.value.Markup;
import io.narthex.templates.internal.value.QuerySample;
import io.narthex.templates.internal.value.TemplateFault;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Walks the tree of a template once and writes; {@link Evaluator} computes what it writes. */
public final class Executor implements Call {
  /** How a body ended. */
  private enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  private final Program program;
  private final TemplateContext context;
  private final Budget budget = new Budget();
  private Output output;

  private Executor(Program program, TemplateContext context) {
    this.program = program;
    this.context = context;
    this.output = newOutput();
  }

  /**
   * Expands a template.
   *
   * @throws NarthexException with {@link TemplateErrors#EXECUTE}
   */
  public static String run(
      Program program, Definition definition, @Nullable Object data, TemplateContext context) {
    Executor executor = new Executor(program, context);
    try {
      executor.template(definition, data);
    } catch (TemplateFault e) {
      throw new Frame(definition, null).error(String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      // How many levels a stack holds depends on what of them is compiled.
      throw new Frame(definition, null).error(Budget.tooDeep());
    }
    return executor.output.finish();
  }

  private Output newOutput() {
    return program.html() ? new HtmlOutput() : new PlainOutput();
  }

  @Override
  public TemplateContext context() {
    return context;
  }

  @Override
  public void spend(long steps) {
    budget.spend(steps);
  }

  Budget budget() {
    return budget;
  }

  Program program() {
    return program;
  }

  @Override
  public String expand(String name, @Nullable Object data) {
    Definition definition = program.definition(name);
    if (definition == null) {
      throw new TemplateFault("html/template: %s is undefined".formatted(GoQuote.quote(name)));
    }
    Output outer = output;
    output = newOutput();
    try {
      template(definition, data);
      return output.finish();
    } catch (NarthexException e) {
      throw new TemplateFault(String.valueOf(e.getMessage()));
    } finally {
      output = outer;
    }
  }

  /** Runs a template; what is wrong before it has begun is the caller's. */
  private void template(Definition definition, @Nullable Object data) {
    Object dot = Kind.imported(data);
    Frame frame = new Frame(definition, dot);
    try {
      walk(frame, dot, definition.body());
    } catch (TemplateFault e) {
      throw frame.started() ? frame.error(String.valueOf(e.getMessage())) : e;
    }
  }

  private Flow walk(Frame frame, @Nullable Object dot, List<Node> nodes) {
    budget.enter();
    for (Node node : nodes) {
      budget.spend(1);
      frame.at(node);
      Flow flow = walk(frame, dot, node);
      if (flow != Flow.ON) {
        budget.leave();
        return flow;
      }
    }
    budget.leave();
    return Flow.ON;
  }

  private Flow walk(Frame frame, @Nullable Object dot, Node node) {
    switch (node) {
      case Node.Text text -> output.text(text.text());
      case Node.Action action -> action(frame, dot, action);
      case Node.Template template -> template(frame, dot, template);
      case Node.If branch -> {
        return branch(frame, dot, branch);
      }
      case Node.With branch -> {
        return branch(frame, dot, branch);
      }
      case Node.Range range -> {
        return range(frame, dot, range);
      }
      case Node.Break ignored -> {
        return Flow.BREAK;
      }
      case Node.Continue ignored -> {
        return Flow.CONTINUE;
      }
      case Node.Command ignored -> throw new IllegalStateException("a command is in a pipeline");
      case Node.Operand ignored -> throw new IllegalStateException("an operand is in a command");
    }
    return Flow.ON;
  }

  private void action(Frame frame, @Nullable Object dot, Node.Action action) {
    Object value = new Evaluator(this, frame, dot).pipeline(action.pipeline());
    if (action.pipeline().declared().isEmpty()) {
      frame.at(action);
      print(value);
    }
  }

  /** Prints a value as an action does, which differs from what {@code print} does. */
  private void print(@Nullable Object value) {
    switch (value) {
      // html/template shows nothing instead.
      case null -> output.value(program.html() ? "" : "<no value>");
      case Markup markup -> output.value(markup);
      case String text -> output.value(text);
      // Go looks behind a pointer before it prints.
      case QuerySample sample -> output.value(GoFormat.sprint(sample).substring(1));
      default -> output.value(GoFormat.sprint(value));
    }
  }

  private void template(Frame frame, @Nullable Object dot, Node.Template node) {
    Definition definition = program.definition(node.name());
    if (definition == null) {
      throw new TemplateFault("template %s not defined".formatted(GoQuote.quote(node.name())));
    }
    Object data =
        node.pipeline() == null ? null : new Evaluator(this, frame, dot).pipeline(node.pipeline());
    frame.at(node);
    template(definition, data);
  }

  private Flow branch(Frame frame, @Nullable Object dot, Node.If branch) {
    int mark = frame.variables().mark();
    Object value = new Evaluator(this, frame, dot).pipeline(branch.condition());
    Flow flow = Flow.ON;
    if (Kind.truth(value)) {
      flow = walk(frame, dot, branch.body());
    } else if (branch.otherwise() != null) {
      flow = walk(frame, dot, branch.otherwise());
    }
    frame.variables().release(mark);
    return flow;
  }

  private Flow branch(Frame frame, @Nullable Object dot, Node.With branch) {
    int mark = frame.variables().mark();
    Object value = new Evaluator(this, frame, dot).pipeline(branch.value());
    Flow flow = Flow.ON;
    if (Kind.truth(value)) {
      flow = walk(frame, value, branch.body());
    } else if (branch.otherwise() != null) {
      flow = walk(frame, dot, branch.otherwise());
    }
    frame.variables().release(mark);
    return flow;
  }

  private Flow range(Frame frame, @Nullable Object dot, Node.Range range) {
    int mark = frame.variables().mark();
    Object value = new Evaluator(this, frame, dot).pipeline(range.value());
    Loop loop = new Loop(frame, range);
    switch (Kind.whole(value)) {
      case null -> {}
      case List<?> list -> {
        for (int i = 0; i < list.size() && loop.goesOn; i++) {
          loop.turn((long) i, Kind.imported(list.get(i)));
        }
      }
      case Map<?, ?> map -> {
        for (Map.Entry<?, ?> entry : sorted(map).entrySet()) {
          if (loop.goesOn) {
            loop.turn(entry.getKey(), Kind.imported(entry.getValue()));
          }
        }
      }
      case Object other when Kind.of(other) == Kind.INT -> count(loop, range, other);
      case Object other -> throw cannotIterate(other);
    }
    Flow flow = Flow.ON;
    if (!loop.turned && range.otherwise() != null) {
      flow = walk(frame, dot, range.otherwise());
    }
    frame.variables().release(mark);
    return flow;
  }

  private static TemplateFault cannotIterate(Object value) {
    return new TemplateFault("range can't iterate over " + GoFormat.sprint(value));
  }

  private static Map<?, ?> sorted(Map<?, ?> map) {
    return map instanceof SortedMap<?, ?> ? map : new TreeMap<>(map);
  }

  private static void count(Loop loop, Node.Range range, Object value) {
    long end = Comparison.integer(value);
    if (range.value().declared().size() > 1) {
      throw new TemplateFault(
          "can't use %s to iterate over more than one variable".formatted(GoFormat.sprint(value)));
    }
    for (long i = 0; i < end && loop.goesOn; i++) {
      loop.turn(null, i);
    }
  }

  /** The turns of a range. */
  private final class Loop {
    private final Frame frame;
    private final Node.Range range;
    private final int mark;
    private boolean turned;
    private boolean goesOn = true;

    Loop(Frame frame, Node.Range range) {
      this.frame = frame;
      this.range = range;
      this.mark = frame.variables().mark();
    }

    void turn(@Nullable Object index, @Nullable Object element) {
      budget.spend(1);
      turned = true;
      List<Node.Variable> declared = range.value().declared();
      if (range.value().assigns()) {
        for (int i = 0; i < declared.size(); i++) {
          boolean first = i == 0 && declared.size() > 1;
          frame.variables().assign(declared.get(i).name(), first ? index : element);
        }
      } else if (!declared.isEmpty()) {
        frame.variables().assignLast(1, element);
        if (declared.size() > 1) {
          frame.variables().assignLast(2, index);
        }
      }
      Flow flow = walk(frame, element, range.body());
      frame.variables().release(mark);
      goesOn = flow != Flow.BREAK;
    }
  }

  /** Says what a failed call of a function was; a limit that was passed is nobody's call. */
  static TemplateFault calling(String name, TemplateFault fault) {
    return fault instanceof LimitFault
        ? fault
        : new TemplateFault("error calling %s: %s".formatted(name, fault.getMessage()));
  }
}
