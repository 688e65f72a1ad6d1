package io.narthex.remote.internal.wire;

import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Writes protobuf messages, right ones and wrong ones. */
public final class Message {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public static Message of(Consumer<Message> content) {
    Message message = new Message();
    content.accept(message);
    return message;
  }

  /** A write request of one series for each content. */
  @SafeVarargs
  public static Message writeRequest(Consumer<Message>... series) {
    Message message = new Message();
    for (Consumer<Message> content : series) {
      message.message(1, content);
    }
    return message;
  }

  /** A series of name, value, name, value … without samples. */
  public Message labels(String... labels) {
    for (int i = 0; i < labels.length; i += 2) {
      label(utf8(labels[i]), utf8(labels[i + 1]));
    }
    return this;
  }

  public Message label(byte[] name, byte[] value) {
    return message(1, label -> label.bytes(1, name).bytes(2, value));
  }

  public Message sample(long timestamp, double value) {
    return message(2, sample -> sample.fixed64(1, value).int64(2, timestamp));
  }

  public Message exemplar() {
    return message(3, exemplar -> exemplar.labels("trace_id", "1").fixed64(2, 1));
  }

  public Message exemplar(long timestamp, double value, String... labels) {
    return message(3, exemplar -> exemplar.labels(labels).fixed64(2, value).int64(3, timestamp));
  }

  public Message histogram(long timestamp) {
    return message(4, histogram -> histogram.int64(1, 3).int64(15, timestamp));
  }

  /** What upstream sends beside the series. */
  public Message metadata(String name) {
    return message(3, metadata -> metadata.int64(1, 1).bytes(2, utf8(name)));
  }

  public Message message(int field, Consumer<Message> content) {
    return bytes(field, of(content).bytes());
  }

  public Message bytes(int field, byte[] bytes) {
    varint((long) field << 3 | 2);
    varint(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  public Message int64(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  public Message fixed64(int field, double value) {
    varint((long) field << 3 | 1);
    long bits = Double.doubleToRawLongBits(value);
    for (int i = 0; i < 64; i += 8) {
      out.write((int) (bits >>> i));
    }
    return this;
  }

  public Message fixed32(int field) {
    varint((long) field << 3 | 5);
    return raw(1, 2, 3, 4);
  }

  public Message raw(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  public Message varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  public byte[] bytes() {
    return out.toByteArray();
  }

  public byte[] snappy() {
    return snappy(bytes());
  }

  public static byte[] snappy(byte[] bytes) {
    SnappyJavaCompressor compressor = new SnappyJavaCompressor();
    byte[] block = new byte[compressor.maxCompressedLength(bytes.length)];
    int length = compressor.compress(bytes, 0, bytes.length, block, 0, block.length);
    return Arrays.copyOf(block, length);
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
