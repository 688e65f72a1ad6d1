package io.narthex.api.rules;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Shows the rules that are evaluated. May be used from any thread; waits for no evaluation. */
@ProviderType
public interface RuleGroups {
  /** All groups as they are now, by file, then by name. */
  List<RuleGroup> groups();
}
