package io.narthex.alerting.internal.notify;

import io.narthex.alerting.internal.state.BadEntryException;
import io.narthex.alerting.internal.state.ByteReader;
import io.narthex.alerting.internal.state.ByteWriter;
import io.narthex.alerting.internal.state.Codec;

/**
 * An entry of the notification log in bytes, in the elements of {@link ByteWriter}:
 *
 * <pre>
 * byte    version: 1
 * text    group key
 * text    receiver, kind
 * number  index
 * number  time, expires at; in ms since 1970
 * count   firing, each a hash, ascending
 * count   resolved, each a hash, ascending
 * </pre>
 *
 * A hash is the stable hash of an alert's labels. A version that was released is never changed; a
 * new one is read beside it.
 */
public final class LogEntryCodec implements Codec<LogEntry> {
  private static final int VERSION = 1;

  @Override
  public byte[] encode(LogEntry entry) {
    ByteWriter out =
        new ByteWriter()
            .single(VERSION)
            .text(entry.groupKey())
            .text(entry.integration().receiver())
            .text(entry.integration().kind())
            .number(entry.integration().index())
            .number(entry.time())
            .number(entry.expiresAt());
    hashes(entry.firing(), out);
    hashes(entry.resolved(), out);
    return out.bytes();
  }

  private static void hashes(Told told, ByteWriter out) {
    out.count(told.size());
    for (int i = 0; i < told.size(); i++) {
      out.hash(told.get(i));
    }
  }

  @Override
  public LogEntry decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int version = in.single();
    if (version != VERSION) {
      throw new BadEntryException(
          "it has version %d, this Narthex reads version %d".formatted(version, VERSION));
    }
    String groupKey = in.text();
    IntegrationKey integration = new IntegrationKey(in.text(), in.text(), index(in));
    long time = in.number();
    long expiresAt = in.number();
    Told firing = hashes(in);
    Told resolved = hashes(in);
    in.end();
    return new LogEntry(groupKey, integration, time, firing, resolved, expiresAt);
  }

  private static int index(ByteReader in) {
    long index = in.number();
    if (index < 0 || index > Integer.MAX_VALUE) {
      throw new BadEntryException("%d is no index".formatted(index));
    }
    return (int) index;
  }

  private static Told hashes(ByteReader in) {
    long[] hashes = new long[in.count(Long.BYTES)];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = in.hash();
    }
    return Told.of(hashes);
  }
}
