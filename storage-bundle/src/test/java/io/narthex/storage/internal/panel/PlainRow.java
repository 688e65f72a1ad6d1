package io.narthex.storage.internal.panel;

import java.util.ArrayList;
import java.util.List;

/** Reads a row as {@link RowCode} tells it, plainly, from an array; to compare with. */
final class PlainRow {
  private final byte[] bytes;
  private int at;

  private PlainRow(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A change.
   *
   * @param payload the number's change, the number, or the xor, by code
   */
  record Change(int slot, int code, long payload, int form) {
    long number(long before, int formBefore) {
      return switch (code) {
        case 11, 12 -> 0;
        case 9 -> payload;
        case 10 -> formBefore == 31 ? before ^ payload : payload;
        default -> before + payload;
      };
    }

    int formAfter(int before) {
      return switch (code) {
        case 9 -> form;
        case 10 -> 31;
        case 11 -> 0x60;
        case 12 -> 0x40;
        default -> before & 0x1f;
      };
    }
  }

  /** The bytes are no row. */
  static final class Bad extends Exception {
    private static final long serialVersionUID = 1;
  }

  static List<Change> changes(byte[] bytes) throws Bad {
    return new PlainRow(bytes).read();
  }

  private List<Change> read() throws Bad {
    List<Change> changes = new ArrayList<>();
    long slot = -1;
    while (at < bytes.length) {
      int head = u8();
      long gap = head / 16;
      if (gap == 15) {
        long more = uvarint();
        require(more >= 0 && more <= 512);
        gap += more;
      }
      slot += gap + 1;
      require(slot < 512);
      changes.add(change((int) slot, head % 16));
    }
    return changes;
  }

  private Change change(int slot, int code) throws Bad {
    return switch (code) {
      case 0 -> new Change(slot, code, 1, 0);
      case 1, 2, 3, 4, 5, 6, 7, 8 -> new Change(slot, code, zigzag(littleEndian(code)), 0);
      case 9 -> {
        int form = u8();
        require(form <= 22);
        yield new Change(slot, code, zigzag(uvarint()), form);
      }
      case 10 -> new Change(slot, code, xor(), 0);
      case 11, 12, 13 -> new Change(slot, code, 0, 0);
      case 14 -> new Change(slot, code, -1, 0);
      default -> throw new Bad();
    };
  }

  private long xor() throws Bad {
    int control = u8();
    int zeros = control / 16;
    int n = control % 16;
    require(zeros + n <= 8 && (n > 0 || zeros == 0));
    long value = littleEndian(n);
    return n == 0 ? 0 : value << (8 * zeros);
  }

  private int u8() throws Bad {
    require(at < bytes.length);
    return bytes[at++] & 0xff;
  }

  private long littleEndian(int n) throws Bad {
    require(bytes.length - at >= n);
    long value = 0;
    for (int i = 0; i < n; i++) {
      value |= (long) u8() << (8 * i);
    }
    return value;
  }

  private long uvarint() throws Bad {
    long value = 0;
    for (int i = 0; i < 10; i++) {
      int b = u8();
      value |= (long) (b & 0x7f) << (7 * i);
      if (b < 0x80) {
        return value;
      }
    }
    throw new Bad();
  }

  private static long zigzag(long v) {
    return (v & 1) == 0 ? v >>> 1 : ~(v >>> 1);
  }

  private static void require(boolean right) throws Bad {
    if (!right) {
      throw new Bad();
    }
  }
}
