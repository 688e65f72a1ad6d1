package io.narthex.api.yaml;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Tells scalars without quotes from those that a tag makes a text ({@code !!str yes}); what is a
 * number or a boolean is seen where one is wanted.
 */
final class PlainScalars extends Resolver {
  private static final Tag PLAIN = new Tag("narthex:plain");

  @Override
  public Tag resolve(NodeId kind, String value, boolean implicit) {
    return switch (kind) {
      case scalar -> implicit ? plain(value) : Tag.STR;
      case sequence -> Tag.SEQ;
      default -> Tag.MAP;
    };
  }

  private static Tag plain(String value) {
    return switch (value) {
      case "", "~", "null", "Null", "NULL" -> Tag.NULL;
      case "<<" -> Tag.MERGE;
      default -> PLAIN;
    };
  }

  static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  /** Whether a scalar may be a number or a boolean: {@code 5} and {@code !!int "5"} may. */
  static boolean isBare(ScalarNode node) {
    Tag tag = node.getTag();
    return tag.equals(PLAIN) || tag.equals(Tag.MERGE) || tag.equals(Tag.NULL)
        ? node.getScalarStyle() == ScalarStyle.PLAIN
        : tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) || tag.equals(Tag.BOOL);
  }
}
