package io.narthex.storage.internal.panel;

import io.narthex.storage.internal.memory.Memory;

/**
 * Walks over the changes of a row in memory. To be used again and again, by one thread.
 *
 * <p>What a change says depends on the value before it, which the caller has: {@link #number} and
 * {@link #form} give the value after it.
 */
public final class RowCursor {
  private long at;
  private long end;
  private int slot;
  private int code;
  private long payload;
  private int payloadForm;

  /** Goes before the first change of a row. */
  public void reset(long address, int length) {
    at = address;
    end = address + length;
    slot = -1;
  }

  /**
   * Goes to the next change.
   *
   * @return false at the end
   * @throws BadRowException if the bytes are no row
   */
  public boolean next() {
    if (at == end) {
      return false;
    }
    int head = Memory.getUnsignedByte(at++);
    int gap = head >>> 4;
    code = head & 0xf;
    if (gap == RowCode.LARGEST_GAP) {
      gap += gapBeyond();
    }
    slot += gap + 1;
    if (slot >= Panel.MAX_SLOTS) {
      throw new BadRowException("slot %d of at most %d".formatted(slot, Panel.MAX_SLOTS));
    }
    if (code >= RowCode.DELTA_1 && code <= RowCode.DELTA_8) {
      payload = littleEndian(code);
    } else if (code == RowCode.FORM) {
      form();
    } else if (code == RowCode.RAW_XOR) {
      xor();
    } else if (code > RowCode.MINUS_ONE) {
      throw new BadRowException("the unknown code %d".formatted(code));
    }
    return true;
  }

  /** The slot that changes. */
  public int slot() {
    return slot;
  }

  /** Whether the slot has a sample in this row that is a stale marker. */
  public boolean isStale() {
    return code == RowCode.STALE;
  }

  /** The slot's number after the change. */
  public long number(long before, int formBefore) {
    return switch (code) {
      case RowCode.PLUS_ONE -> before + 1;
      case RowCode.MINUS_ONE -> before - 1;
      case RowCode.FORM -> (payload >>> 1) ^ -(payload & 1);
      case RowCode.RAW_XOR ->
          (formBefore & SlotValue.READING) == SlotValue.RAW ? before ^ payload : payload;
      case RowCode.STALE, RowCode.ABSENT -> 0;
      case RowCode.AGAIN -> before;
      default -> before + ((payload >>> 1) ^ -(payload & 1));
    };
  }

  /** The slot's form after the change, with {@link SlotValue#ABSENT} if it has no sample then. */
  public int form(int before) {
    return switch (code) {
      case RowCode.FORM -> payloadForm;
      case RowCode.RAW_XOR -> SlotValue.RAW;
      case RowCode.STALE -> SlotValue.ENDED;
      case RowCode.ABSENT -> SlotValue.ABSENT;
      default -> before & SlotValue.READING;
    };
  }

  private int gapBeyond() {
    long more = uvarint();
    if (more < 0 || more > Panel.MAX_SLOTS) {
      throw new BadRowException("a gap of %s slots".formatted(Long.toUnsignedString(more)));
    }
    return (int) more;
  }

  private void form() {
    require(1);
    payloadForm = Memory.getUnsignedByte(at++);
    if (payloadForm > SlotValue.MAX_DECIMALS) {
      throw new BadRowException("a number with %d decimals".formatted(payloadForm));
    }
    payload = uvarint();
  }

  private void xor() {
    require(1);
    int control = Memory.getUnsignedByte(at++);
    int zeros = control >>> 4;
    int n = control & 0xf;
    if (zeros + n > 8 || n == 0 && zeros != 0) {
      throw new BadRowException("a raw value begins with 0x%02x".formatted(control));
    }
    payload = n == 0 ? 0 : littleEndian(n) << (8 * zeros);
  }

  private long littleEndian(int n) {
    require(n);
    // A page can be read a little beyond its end.
    long value = Memory.getLong(at) & (-1L >>> (64 - 8 * n));
    at += n;
    return value;
  }

  private long uvarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      require(1);
      int b = Memory.getUnsignedByte(at++);
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new BadRowException("a number of more than 10 bytes");
  }

  private void require(int bytes) {
    if (end - at < bytes) {
      throw new BadRowException("the row ends within a change");
    }
  }
}
