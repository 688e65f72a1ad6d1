package io.narthex.alerting.internal.silence;

import io.narthex.alerting.internal.matcher.AlertMatcher;
import io.narthex.alerting.internal.matcher.BadMatcherException;
import io.narthex.alerting.internal.matcher.Matchers;
import io.narthex.alerting.internal.state.BadEntryException;
import io.narthex.alerting.internal.state.ByteReader;
import io.narthex.alerting.internal.state.ByteWriter;
import io.narthex.alerting.internal.state.Codec;
import io.narthex.api.model.MatchType;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A silence in bytes, in the elements of {@link ByteWriter}:
 *
 * <pre>
 * byte    version: 1
 * text    id
 * number  starts at, ends at, updated at; in ms since 1970
 * text    created by, comment
 * count   annotations, each: text name, text value
 * count   matcher sets, each: count matchers, each:
 *           byte  0 equal, 1 not equal, 2 regular expression, 3 not regular expression
 *           text  name, value
 * </pre>
 *
 * A version that was released is never changed; a new one is read beside it.
 */
public final class SilenceCodec implements Codec<Silence> {
  private static final int VERSION = 1;

  /** In the order of their bytes. */
  private static final List<MatchType> TYPES =
      List.of(MatchType.EQUAL, MatchType.NOT_EQUAL, MatchType.REGEX, MatchType.NOT_REGEX);

  @Override
  public byte[] encode(Silence silence) {
    ByteWriter out =
        new ByteWriter()
            .single(VERSION)
            .text(silence.id())
            .number(silence.startsAt())
            .number(silence.endsAt())
            .number(silence.updatedAt())
            .text(silence.createdBy())
            .text(silence.comment())
            .count(silence.annotations().size());
    silence.annotations().forEach((name, value) -> out.text(name).text(value));
    out.count(silence.matcherSets().size());
    for (Matchers set : silence.matcherSets()) {
      out.count(set.list().size());
      for (AlertMatcher matcher : set.list()) {
        out.single(TYPES.indexOf(matcher.type())).text(matcher.name()).text(matcher.value());
      }
    }
    return out.bytes();
  }

  @Override
  public Silence decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int version = in.single();
    if (version != VERSION) {
      throw new BadEntryException(
          "it has version %d, this Narthex reads version %d".formatted(version, VERSION));
    }
    String id = in.text();
    long startsAt = in.number();
    long endsAt = in.number();
    long updatedAt = in.number();
    String createdBy = in.text();
    String comment = in.text();
    SortedMap<String, String> annotations = new TreeMap<>();
    for (int i = in.count(2); i > 0; i--) {
      annotations.put(in.text(), in.text());
    }
    List<Matchers> sets = new ArrayList<>();
    for (int i = in.count(1); i > 0; i--) {
      sets.add(matchers(in));
    }
    in.end();
    return new Silence(id, sets, startsAt, endsAt, updatedAt, createdBy, comment, annotations);
  }

  private static Matchers matchers(ByteReader in) {
    List<AlertMatcher> matchers = new ArrayList<>();
    for (int i = in.count(3); i > 0; i--) {
      matchers.add(matcher(in));
    }
    return new Matchers(matchers);
  }

  private static AlertMatcher matcher(ByteReader in) {
    int type = in.single();
    if (type >= TYPES.size()) {
      throw new BadEntryException("%d is no type of a matcher".formatted(type));
    }
    try {
      return AlertMatcher.of(TYPES.get(type), in.text(), in.text());
    } catch (BadMatcherException e) {
      throw new BadEntryException(String.valueOf(e.getMessage()));
    }
  }
}
