package io.narthex.templates.internal.syntax;

import io.narthex.templates.internal.value.GoQuote;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of the tree of a template. Printed as Go prints it, for errors. */
public sealed interface Node {
  /** Where it begins in the text. */
  int position();

  /** Something that gives a value: an argument, or the first word of a command. */
  sealed interface Operand extends Node {}

  /** Plain text. */
  record Text(int position, String text) implements Node {
    @Override
    public String toString() {
      return text;
    }
  }

  /** A pipeline whose value is printed, unless it declares. */
  record Action(int position, Pipeline pipeline) implements Node {
    @Override
    public String toString() {
      return "{{" + pipeline + "}}";
    }
  }

  /** Either body, by a condition. */
  record If(int position, Pipeline condition, List<Node> body, @Nullable List<Node> otherwise)
      implements Node {}

  /** A body on a value, if there is something to it. */
  record With(int position, Pipeline value, List<Node> body, @Nullable List<Node> otherwise)
      implements Node {}

  /** A body on each element. */
  record Range(int position, Pipeline value, List<Node> body, @Nullable List<Node> otherwise)
      implements Node {}

  /** Leaves the innermost range. */
  record Break(int position) implements Node {}

  /** Goes on with the next element of the innermost range. */
  record Continue(int position) implements Node {}

  /** Another template in this place. */
  record Template(int position, String name, @Nullable Pipeline pipeline) implements Node {
    @Override
    public String toString() {
      String value = pipeline == null ? "" : " " + pipeline;
      return "{{template " + GoQuote.quote(name) + value + "}}";
    }
  }

  /** Commands, each of which takes the value of the one before as its last argument. */
  record Pipeline(int position, List<Variable> declared, boolean assigns, List<Command> commands)
      implements Operand {
    @Override
    public String toString() {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < declared.size(); i++) {
        out.append(i > 0 ? ", " : "").append(declared.get(i));
      }
      if (!declared.isEmpty()) {
        out.append(assigns ? " = " : " := ");
      }
      for (int i = 0; i < commands.size(); i++) {
        out.append(i > 0 ? " | " : "").append(commands.get(i));
      }
      return out.toString();
    }
  }

  /** An operand, and its arguments if it is a function or a method. */
  record Command(int position, List<Operand> words) implements Node {
    @Override
    public String toString() {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < words.size(); i++) {
        out.append(i > 0 ? " " : "").append(enclosed(words.get(i)));
      }
      return out.toString();
    }
  }

  /** The name of a function. */
  record Identifier(int position, String name) implements Operand {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The value that the template is on. */
  record Dot(int position) implements Operand {
    @Override
    public String toString() {
      return ".";
    }
  }

  /** Nothing. */
  record Nil(int position) implements Operand {
    @Override
    public String toString() {
      return "nil";
    }
  }

  /** Fields of the dot. */
  record Field(int position, List<String> names) implements Operand {
    @Override
    public String toString() {
      return "." + String.join(".", names);
    }
  }

  /** A variable, its name with the dollar sign, and fields of its value. */
  record Variable(int position, String name, List<String> fields) implements Operand {
    @Override
    public String toString() {
      return fields.isEmpty() ? name : name + "." + String.join(".", fields);
    }
  }

  /** Fields of another operand's value. */
  record Chain(int position, Operand operand, List<String> fields) implements Operand {
    @Override
    public String toString() {
      return enclosed(operand) + "." + String.join(".", fields);
    }
  }

  /** {@code true} or {@code false}. */
  record Bool(int position, boolean value) implements Operand {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /**
   * A number.
   *
   * @param value a {@link Long} or {@link Double}, whichever it is by how it is written
   * @param whole the value if it is whole and fits
   */
  record Numeral(int position, String text, Number value, @Nullable Long whole) implements Operand {
    @Override
    public String toString() {
      return text;
    }
  }

  /** A text between quotes. */
  record Literal(int position, String quoted, String text) implements Operand {
    @Override
    public String toString() {
      return quoted;
    }
  }

  private static String enclosed(Operand operand) {
    return operand instanceof Pipeline ? "(" + operand + ")" : operand.toString();
  }
}
