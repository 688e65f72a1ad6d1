package io.narthex.launcher;

import java.util.Map;
import org.apache.felix.framework.util.FelixConstants;
import org.osgi.framework.Constants;

/**
 * The framework properties that are the same in every start; the tests of the assembled product use
 * them too.
 */
public final class FrameworkProperties {
  /** Names to values. */
  public static final Map<String, String> FIXED =
      Map.of(
          // The cache is emptied at every start, so nothing in it can be stale.
          Constants.FRAMEWORK_STORAGE_CLEAN,
          Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
          // Above the level of every folder of system/.
          Constants.FRAMEWORK_BEGINNING_STARTLEVEL,
          "100",
          Constants.FRAMEWORK_BOOTDELEGATION,
          "",
          FelixConstants.IMPLICIT_BOOT_DELEGATION_PROP,
          "false",
          Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
          SystemPackages.EXTRA,
          // Felix would export sun.misc to everybody by itself.
          "felix.jpms.jdk.unsupported",
          "",
          // A service that nobody holds keeps its state: exporters are held only while they are
          // scraped.
          "ds.delayed.keepInstances",
          "true");

  private FrameworkProperties() {}
}
