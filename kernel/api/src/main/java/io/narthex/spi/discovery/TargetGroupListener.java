package io.narthex.spi.discovery;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Is told of what a {@link Discovery} found. May be called from any thread; never blocks. */
@ProviderType
public interface TargetGroupListener {
  /**
   * Takes groups. Each replaces the one of the same source; a group without targets removes it;
   * those of other sources stay. The first call says that discovery has begun to work, even with no
   * groups.
   */
  void update(List<TargetGroup> groups);

  /**
   * Says that the last attempt to find targets failed; what was found before stays.
   *
   * @param problem what went wrong, for the log and the operator
   */
  void failed(String problem);
}
