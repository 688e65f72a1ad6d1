package io.narthex.templates.internal.execute;

import io.narthex.api.template.TemplateObject;
import io.narthex.templates.internal.function.BuiltinFunctions;
import io.narthex.templates.internal.function.Function;
import io.narthex.templates.internal.function.Methods;
import io.narthex.templates.internal.function.Parameter;
import io.narthex.templates.internal.syntax.Node;
import io.narthex.templates.internal.value.GoDuration;
import io.narthex.templates.internal.value.GoQuote;
import io.narthex.templates.internal.value.Kind;
import io.narthex.templates.internal.value.QuerySample;
import io.narthex.templates.internal.value.TemplateFault;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes the values of pipelines in one place of a template. */
final class Evaluator {
  /** That no value comes from the command before; {@code null} is a value. */
  private static final Object NONE = new Object();

  private static final List<Node.Operand> NO_WORDS = List.of();

  private final Executor executor;
  private final Frame frame;
  private final @Nullable Object dot;

  Evaluator(Executor executor, Frame frame, @Nullable Object dot) {
    this.executor = executor;
    this.frame = frame;
    this.dot = dot;
  }

  /** The value of a pipeline; declares its variables. */
  @Nullable Object pipeline(Node.Pipeline pipeline) {
    executor.budget().enter();
    frame.at(pipeline);
    Object value = NONE;
    for (Node.Command command : pipeline.commands()) {
      value = command(command, value);
    }
    for (Node.Variable variable : pipeline.declared()) {
      if (!pipeline.assigns()) {
        frame.variables().declare(variable.name(), value);
      } else if (!frame.variables().assign(variable.name(), value)) {
        throw new TemplateFault("undefined variable: " + variable.name());
      }
    }
    executor.budget().leave();
    return value;
  }

  private @Nullable Object command(Node.Command command, @Nullable Object last) {
    executor.budget().spend(1);
    List<Node.Operand> words = command.words();
    Node.Operand first = words.getFirst();
    return switch (first) {
      case Node.Field field -> field(field, words, last);
      case Node.Chain chain -> chain(chain, words, last);
      case Node.Identifier identifier -> function(identifier, command, words, last);
      case Node.Variable variable -> variable(variable, words, last);
      case Node.Pipeline pipeline -> {
        noArguments(words, last);
        yield pipeline(pipeline);
      }
      default -> {
        frame.at(first);
        noArguments(words, last);
        yield constant(first);
      }
    };
  }

  private @Nullable Object constant(Node.Operand operand) {
    return switch (operand) {
      case Node.Bool bool -> bool.value();
      case Node.Dot ignored -> dot;
      case Node.Numeral number -> number.value();
      case Node.Literal literal -> literal.text();
      case Node.Nil ignored -> throw new TemplateFault("nil is not a command");
      default ->
          throw new TemplateFault("can't evaluate command " + GoQuote.quote(operand.toString()));
    };
  }

  private static void noArguments(List<Node.Operand> words, @Nullable Object last) {
    if (words.size() > 1 || last != NONE) {
      throw new TemplateFault("can't give argument to non-function " + words.getFirst());
    }
  }

  private @Nullable Object field(
      Node.Field field, List<Node.Operand> words, @Nullable Object last) {
    frame.at(field);
    return fields(dot, field, field.names(), words, last);
  }

  private @Nullable Object variable(
      Node.Variable variable, List<Node.Operand> words, @Nullable Object last) {
    frame.at(variable);
    if (!frame.variables().has(variable.name())) {
      throw new TemplateFault("undefined variable: " + variable.name());
    }
    Object value = frame.variables().value(variable.name());
    if (variable.fields().isEmpty()) {
      if (!words.isEmpty()) {
        noArguments(words, last);
      }
      return value;
    }
    return fields(value, variable, variable.fields(), words, last);
  }

  private @Nullable Object chain(
      Node.Chain chain, List<Node.Operand> words, @Nullable Object last) {
    frame.at(chain);
    Object value = argument(Parameter.ANY, chain.operand());
    return fields(value, chain, chain.fields(), words, last);
  }

  private @Nullable Object fields(
      @Nullable Object receiver,
      Node node,
      List<String> names,
      List<Node.Operand> words,
      @Nullable Object last) {
    if (receiver == null) {
      return null;
    }
    Object value = receiver;
    boolean boxed = false;
    int end = names.size() - 1;
    for (int i = 0; i <= end; i++) {
      Object owner = value;
      executor.budget().spend(1);
      value =
          Kind.imported(
              i < end
                  ? member(owner, boxed, node, names.get(i), NO_WORDS, NONE)
                  : member(owner, boxed, node, names.get(i), words, last));
      boxed = Kind.whole(owner) instanceof Map<?, ?> map && !Kind.isTexts(map);
    }
    return value;
  }

  /**
   * A member of a value.
   *
   * @param boxed whether Go only knows there that it is something
   */
  private @Nullable Object member(
      @Nullable Object receiver,
      boolean boxed,
      Node node,
      String name,
      List<Node.Operand> words,
      @Nullable Object last) {
    if (receiver == null) {
      throw new TemplateFault("nil pointer evaluating interface {}." + name);
    }
    Function method = Methods.of(receiver, name);
    if (method != null) {
      return call(method, node, arguments(words), last, receiver);
    }
    if (receiver instanceof TemplateObject object && object.has(name)) {
      return objectMember(object, node, name, arguments(words), last);
    }
    boolean hasArguments = words.size() > 1 || last != NONE;
    if (Kind.whole(receiver) instanceof Map<?, ?> map) {
      if (hasArguments) {
        throw new TemplateFault(name + " is not a method but has arguments");
      }
      return BuiltinFunctions.valueOf(map, name);
    }
    if (receiver instanceof QuerySample sample) {
      return sampleMember(sample, name, hasArguments);
    }
    throw noField(name, boxed ? "interface {}" : Kind.typeName(receiver));
  }

  private static TemplateFault noField(String name, String type) {
    return new TemplateFault("can't evaluate field %s in type %s".formatted(name, type));
  }

  private static Object sampleMember(QuerySample sample, String name, boolean hasArguments) {
    boolean labels = name.equals("Labels");
    if (!labels && !name.equals("Value")) {
      throw noField(name, Kind.typeName(sample));
    }
    if (hasArguments) {
      throw new TemplateFault(name + " has arguments but cannot be invoked as function");
    }
    return labels ? sample.labels() : sample.value();
  }

  private @Nullable Object objectMember(
      TemplateObject object,
      Node node,
      String name,
      List<Node.Operand> arguments,
      @Nullable Object last) {
    List<Object> values = new ArrayList<>();
    for (Node.Operand argument : arguments) {
      values.add(present(argument(Parameter.ANY, argument)));
    }
    if (last != NONE) {
      values.add(present(last));
    }
    try {
      Object value = object.get(name, values);
      executor.budget().spendOn(value);
      return value;
    } catch (IllegalArgumentException e) {
      frame.at(node);
      throw new TemplateFault(String.valueOf(e.getMessage()));
    }
  }

  private static Object present(@Nullable Object argument) {
    if (argument == null) {
      throw new TemplateFault("invalid value; expected string");
    }
    return argument;
  }

  private @Nullable Object function(
      Node.Identifier identifier, Node node, List<Node.Operand> words, @Nullable Object last) {
    frame.at(identifier);
    Function function = executor.program().functions().get(identifier.name());
    if (function == null) {
      throw new TemplateFault(GoQuote.quote(identifier.name()) + " is not a defined function");
    }
    return Kind.imported(call(function, node, arguments(words), last, NONE));
  }

  /** The words after the first one, which is the function. */
  private static List<Node.Operand> arguments(List<Node.Operand> words) {
    return words.isEmpty() ? words : words.subList(1, words.size());
  }

  private @Nullable Object call(
      Function function,
      Node node,
      List<Node.Operand> operands,
      @Nullable Object last,
      @Nullable Object receiver) {
    int count = operands.size() + (last == NONE ? 0 : 1);
    checkCount(function, count, operands.size());
    switch (function.name()) {
      case BuiltinFunctions.AND -> {
        return decide(operands, last, false);
      }
      case BuiltinFunctions.OR -> {
        return decide(operands, last, true);
      }
      default -> {}
    }
    int from = receiver == NONE ? 0 : 1;
    @Nullable Object[] values = new @Nullable Object[from + count];
    if (from == 1) {
      values[0] = receiver;
    }
    for (int i = 0; i < operands.size(); i++) {
      values[from + i] = argument(function.parameter(i), operands.get(i));
    }
    if (last != NONE) {
      values[from + count - 1] = checked(last, function.parameter(count - 1));
    }
    if (function.name().equals(BuiltinFunctions.CALL)) {
      frame.at(node);
      throw notCallable(operands, values[0]);
    }
    return apply(function, node, values);
  }

  private static void checkCount(Function function, int count, int written) {
    if (function.variadic() && count < function.least()) {
      throw new TemplateFault(
          "wrong number of args for %s: want at least %d got %d"
              .formatted(function.name(), function.least(), written));
    }
    if (!function.variadic() && count != function.least()) {
      throw new TemplateFault(
          "wrong number of args for %s: want %d got %d"
              .formatted(function.name(), function.least(), count));
    }
  }

  private @Nullable Object apply(Function function, Node node, @Nullable Object[] values) {
    for (Object value : values) {
      executor.budget().spendOn(value);
    }
    try {
      Object result = function.body().apply(executor, values);
      executor.budget().spendOn(result);
      return result;
    } catch (TemplateFault e) {
      frame.at(node);
      throw Executor.calling(function.name(), e);
    } catch (ArithmeticException | DateTimeException e) {
      frame.at(node);
      throw new TemplateFault("error calling %s: %s".formatted(function.name(), e.getMessage()));
    }
  }

  private @Nullable Object decide(
      List<Node.Operand> operands, @Nullable Object last, boolean wanted) {
    Object value = null;
    for (Node.Operand operand : operands) {
      value = argument(Parameter.ANY, operand);
      if (Kind.truth(value) == wanted) {
        return value;
      }
    }
    return last == NONE ? value : last;
  }

  private static TemplateFault notCallable(List<Node.Operand> operands, @Nullable Object callee) {
    if (callee == null) {
      return new TemplateFault("error calling call: call of nil");
    }
    String type = Kind.typeName(callee);
    String piped = callee instanceof String text ? text : "<" + type + " Value>";
    String name = operands.isEmpty() ? piped : operands.getFirst().toString();
    return new TemplateFault(
        "error calling call: non-function %s of type %s".formatted(name, type));
  }

  private @Nullable Object argument(Parameter type, Node.Operand operand) {
    executor.budget().spend(1);
    frame.at(operand);
    return switch (operand) {
      case Node.Dot ignored -> checked(dot, type);
      case Node.Nil ignored -> nothing(type);
      case Node.Field field -> checked(field(field, List.of(field), NONE), type);
      case Node.Variable variable -> checked(variable(variable, NO_WORDS, NONE), type);
      case Node.Pipeline pipeline -> checked(pipeline(pipeline), type);
      case Node.Identifier name -> checked(function(name, name, NO_WORDS, NONE), type);
      case Node.Chain chain -> checked(chain(chain, NO_WORDS, NONE), type);
      default -> constantArgument(type, operand);
    };
  }

  private static @Nullable Object nothing(Parameter type) {
    if (!type.nullable()) {
      throw new TemplateFault("cannot assign nil to " + type.typeName());
    }
    return null;
  }

  private @Nullable Object constantArgument(Parameter type, Node.Operand operand) {
    switch (type) {
      case ANY -> {
        return constant(operand);
      }
      case TEXT -> {
        if (operand instanceof Node.Literal literal) {
          return literal.text();
        }
        throw new TemplateFault("expected string; found " + operand);
      }
      case INT, DURATION -> {
        if (operand instanceof Node.Numeral number && number.whole() != null) {
          return type == Parameter.INT ? number.whole() : new GoDuration(number.whole(), false);
        }
        throw new TemplateFault("expected integer; found " + operand);
      }
      default ->
          throw new TemplateFault(
              "can't handle %s for arg of type %s".formatted(operand, type.typeName()));
    }
  }

  private static @Nullable Object checked(@Nullable Object value, Parameter type) {
    if (value == null) {
      if (!type.nullable()) {
        throw new TemplateFault("invalid value; expected " + type.typeName());
      }
      return null;
    }
    if (!type.takes(value)) {
      throw new TemplateFault(
          "wrong type for value; expected %s; got %s"
              .formatted(type.typeName(), Kind.typeName(value)));
    }
    return value;
  }
}
