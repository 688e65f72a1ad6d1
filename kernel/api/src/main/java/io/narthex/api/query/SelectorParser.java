package io.narthex.api.query;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Matcher;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Reads PromQL's vector selectors where no query is run. May be used from any thread. */
@ProviderType
public interface SelectorParser {
  /**
   * The conditions of a vector selector without modifiers, such as {@code up{job="node"}}; the
   * metric name is one of them. There may be none, or only some that a missing label satisfies.
   *
   * @throws NarthexException with {@link QueryErrors#PARSE}
   */
  List<Matcher> parse(String selector);

  /**
   * The conditions of each vector selector in an expression, in its order.
   *
   * @throws NarthexException with {@link QueryErrors#PARSE}
   */
  List<List<Matcher>> selectors(String expression);
}
