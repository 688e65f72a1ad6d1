package io.narthex.scrape.internal.thread;

import java.nio.channels.SelectionKey;

/** Is told that its channel can be used; attached to the channel's key. */
@FunctionalInterface
public interface ChannelHandler {
  /** Does what the channel is ready for; never blocks. */
  void ready(SelectionKey key);
}
