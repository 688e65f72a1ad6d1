package io.narthex.lib.chronicle;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.core.cleaner.CleanerServiceLocator;
import net.openhft.chronicle.core.shutdown.PriorityHook;
import net.openhft.chronicle.core.util.ClassLocal;
import net.openhft.posix.internal.PosixAPIHolder;
import org.jspecify.annotations.Nullable;

/**
 * Runs Chronicle's static initialisers once, with this bundle's class loader as the context loader:
 * Chronicle looks up JDK classes and services through the context loader of whichever thread comes
 * first. Telemetry, announcements and native code are off ({@code system.properties}). To be called
 * before anything else of Chronicle; may be called from any thread, again and again.
 */
public final class ChronicleStart {
  private static final String BUILD_FOLDER = "project.build.directory";

  private static boolean done;

  private ChronicleStart() {}

  /** Makes Chronicle ready; does nothing after the first time. */
  public static synchronized void ensure() {
    if (done) {
      return;
    }
    setProperties();
    // On a thread of its own: Chronicle keeps exceptions in static fields, and their stack would
    // keep the classes of whichever bundle came first.
    FutureTask<@Nullable Void> start =
        new FutureTask<>(
            () -> {
              initialise();
              return null;
            });
    Thread thread = new Thread(start, "chronicle-start");
    thread.setContextClassLoader(ChronicleStart.class.getClassLoader());
    thread.setDaemon(true);
    thread.start();
    await(start);
    done = true;
  }

  private static void await(FutureTask<@Nullable Void> start) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          start.get();
          return;
        } catch (InterruptedException ignored) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IllegalStateException(
              "Chronicle cannot be started"
                  + (e.getCause() instanceof ReflectiveOperationException
                      ? "; the launcher's manifest must open java.base/java.lang.reflect and export"
                          + " java.base/sun.nio.ch"
                      : ""),
              e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void initialise() throws ReflectiveOperationException {
    String buildFolder = System.getProperty(BUILD_FOLDER);
    // Chronicle makes a folder "target" in the temporary folder unless this names something; there
    // nothing can be made.
    System.setProperty(BUILD_FOLDER, "/dev/null");
    try {
      PosixAPIHolder.useNoOpPosixApi();
      Jvm.init();
      CleanerServiceLocator.cleanerService();
      resolveMapping();
      // The first of these makes a thread that lives as long as the process, with this loader.
      PriorityHook.add(0, () -> {});
    } finally {
      restore(buildFolder);
    }
  }

  /**
   * Chronicle would resolve map and unmap at first use, through the context loader of that thread.
   */
  private static void resolveMapping() throws ReflectiveOperationException {
    Field map0 = OS.class.getDeclaredField("MAP0_MH");
    map0.setAccessible(true);
    ((ClassLocal<?>) map0.get(null)).get(sun.nio.ch.FileChannelImpl.class);
    Class.forName(OS.class.getName() + "$Unmapp0Holder", true, OS.class.getClassLoader());
  }

  private static void restore(@Nullable String buildFolder) {
    if (buildFolder == null) {
      System.clearProperty(BUILD_FOLDER);
    } else {
      System.setProperty(BUILD_FOLDER, buildFolder);
    }
  }

  private static void setProperties() {
    Properties properties = new Properties();
    try (InputStream in = ChronicleStart.class.getResourceAsStream("/system.properties")) {
      if (in == null) {
        throw new IllegalStateException("system.properties is missing from lib-chronicle");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("system.properties of lib-chronicle cannot be read", e);
    }
    properties.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
  }
}
