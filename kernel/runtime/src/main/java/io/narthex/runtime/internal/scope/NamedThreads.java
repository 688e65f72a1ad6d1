package io.narthex.runtime.internal.scope;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes daemon threads named after their bundle and purpose. */
public final class NamedThreads implements ThreadFactory {
  private static final Logger logger = LoggerFactory.getLogger(NamedThreads.class);

  private final String name;
  private final ClassLoader classLoader;
  private final AtomicInteger made = new AtomicInteger();

  /** Threads named {@code <name>-1} and so on, which see the classes of the loader. */
  public NamedThreads(String name, ClassLoader classLoader) {
    this.name = name;
    this.classLoader = classLoader;
  }

  @Override
  public Thread newThread(Runnable body) {
    Thread thread = new Thread(body, name + "-" + made.incrementAndGet());
    thread.setDaemon(true);
    thread.setContextClassLoader(classLoader);
    thread.setUncaughtExceptionHandler(
        (t, e) ->
            logger.atError().addKeyValue("thread", t.getName()).setCause(e).log("a thread died"));
    return thread;
  }
}
