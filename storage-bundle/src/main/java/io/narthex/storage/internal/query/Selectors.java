package io.narthex.storage.internal.query;

import io.narthex.api.model.Labels;
import io.narthex.api.model.Matcher;
import java.util.List;
import java.util.function.Predicate;

/** Tests label sets: one selector of some must match, with all its matchers. */
public final class Selectors implements Predicate<Labels> {
  private final List<List<Condition>> selectors;

  /**
   * Compiles the matchers. For use by one thread.
   *
   * @throws io.narthex.api.error.NarthexException with {@link
   *     io.narthex.api.storage.StorageErrors#BAD_MATCHER}
   */
  public Selectors(List<List<Matcher>> selectors) {
    this.selectors =
        selectors.stream().map(each -> each.stream().map(Condition::new).toList()).toList();
  }

  @Override
  public boolean test(Labels labels) {
    for (List<Condition> selector : selectors) {
      if (selector.stream().allMatch(condition -> condition.holds(labels))) {
        return true;
      }
    }
    return false;
  }
}
