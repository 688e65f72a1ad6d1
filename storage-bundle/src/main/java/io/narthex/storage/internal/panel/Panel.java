package io.narthex.storage.internal.panel;

import io.narthex.api.storage.AppendOutcome;
import io.narthex.storage.internal.failpoint.FailPoint;
import io.narthex.storage.internal.memory.PagePool;
import io.narthex.storage.internal.memory.Reclaimer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Up to {@value #MAX_SLOTS} series that one source appends together, each in a slot. What they got
 * at one time is a row; the newest rows are open, as the log has them, and older ones are sealed,
 * as columns. Changed under the head's write lock and read under its read lock, but for what {@link
 * View} gives.
 */
public final class Panel {
  /** How many series a panel has at most. */
  public static final int MAX_SLOTS = 512;

  /** So many rows are open at most, then they are sealed. */
  public static final int ROWS = 60;

  /** So many of panels whose rows are shortly after each other. */
  public static final int MANY_ROWS = 120;

  /** What counts as shortly, in ms. */
  public static final long SHORT_INTERVAL = 10_000;

  /** About what one takes on the heap, its slots' states included. */
  public static final long BYTES = 700 + 9 * MAX_SLOTS / 2;

  /** As many as can be sealed together; a log that has more is not ours. */
  private static final int MOST_OPEN_ROWS = 255;

  /** More than any row has; a page holds it. */
  private static final int MOST_ROW_BYTES = 64 * 1024;

  private final int id;
  private final Places places;
  private final RowCursor cursor = new RowCursor();
  private final SlotStates states = new SlotStates(0);
  private final SlotTimes times = new SlotTimes();
  private final OpenRows open;
  private final SealedParts sealed = new SealedParts();
  private final LogBindings bindings = new LogBindings();
  private int slots;
  private int occupied;
  private long vacancies;
  private int rowsSinceBase;
  private long lastCommit;
  private long firstTime = Long.MAX_VALUE;
  private long lastTime = Long.MIN_VALUE;
  private long lastLoose = Long.MIN_VALUE;
  private long timeBefore = Long.MIN_VALUE;

  /** Time of the last row that was ever sealed. */
  private long lastSealed = Long.MIN_VALUE;

  /** What a checkpoint had, until its sealed rows are there. */
  private @Nullable PanelImage restored;

  /** Up to when {@link #times} have what is in sealed rows that were sealed before the start. */
  private long restoredTo = Long.MIN_VALUE;

  /** Where all panels keep their rows. */
  public record Places(
      PagePool pages,
      Reclaimer reclaimer,
      SealedPlaces sealed,
      Sealing sealing,
      RowEncoder encoder,
      @Nullable SealedFiles files) {}

  /**
   * A panel without slots.
   *
   * @param id tells it apart from the other panels of its head
   */
  public Panel(int id, Places places) {
    this.id = id;
    this.places = places;
    this.open = new OpenRows(places.pages(), places.reclaimer());
  }

  /** Tells it apart from the other panels of its head. */
  public int id() {
    return id;
  }

  /** How many slots are given out. */
  public int slots() {
    return slots;
  }

  /** A series takes a slot. */
  public void occupy(int slot) {
    slots = Math.max(slots, slot + 1);
    occupied++;
  }

  /** A series leaves its slot, which is not given out again; how many are left. */
  public int vacate() {
    vacancies++;
    return --occupied;
  }

  /** How often a series left. */
  public long vacancies() {
    return vacancies;
  }

  /** A segment of the log has said which series a slot is. */
  public void bindIn(int segment, int slot) {
    bindings.bind(segment, slot);
  }

  /** Whether the segment has said which series all slots are. */
  public boolean isWhollyBound(int segment) {
    return bindings.areOf(segment) && bindings.count() == slots;
  }

  /** Whether the segment knows anything of the panel. */
  public boolean isIn(int segment) {
    return bindings.areOf(segment);
  }

  /** Whether the segment has said which series the slot is. */
  public boolean isBound(int segment, int slot) {
    return bindings.has(segment, slot);
  }

  /** The values as of the last row. */
  public SlotStates states() {
    return states;
  }

  /** How many slots have a series. */
  public int occupied() {
    return occupied;
  }

  /** Time of the oldest row, or {@link Long#MAX_VALUE}. */
  public long firstTime() {
    return firstTime;
  }

  /** Time of the newest row, or {@link Long#MIN_VALUE}. */
  public long lastTime() {
    return lastTime;
  }

  /** Time of the newest sample of its series, in a row or loose, or {@link Long#MIN_VALUE}. */
  public long newestTime() {
    return Math.max(lastTime, lastLoose);
  }

  /** One of its series has a loose sample. */
  public void noteLoose(long time) {
    lastLoose = Math.max(lastLoose, time);
  }

  /** How many rows there may be from a base row on, that included. */
  public int mostRows() {
    return interval() < SHORT_INTERVAL ? MANY_ROWS : ROWS;
  }

  /** The number of the next row: how many there are since the last base row, that included. */
  public int nextRow() {
    return rowsSinceBase;
  }

  /** The time between the last two rows, or {@link Long#MAX_VALUE}. */
  public long interval() {
    return timeBefore == Long.MIN_VALUE ? Long.MAX_VALUE : lastTime - timeBefore;
  }

  /** The time of the slot's newest sample, or {@link Long#MIN_VALUE}. */
  public long lastTime(int slot) {
    return states.isPresent(slot) ? lastTime : times.last(slot);
  }

  /** The time of the slot's oldest sample that is kept still, or later than {@link #lastTime}. */
  public long firstTime(int slot) {
    return Math.max(firstTime, times.first(slot));
  }

  /** Whether a row at this time may give the slot a sample of this value. */
  public AppendOutcome check(int slot, long time, long bits) {
    if (time > lastTime) {
      return AppendOutcome.ACCEPTED;
    }
    long last = lastTime(slot);
    if (time > last) {
      return AppendOutcome.ACCEPTED;
    }
    if (time < last) {
      return AppendOutcome.OUT_OF_ORDER;
    }
    int form = states.form(slot);
    if (form == SlotValue.ABSENT) {
      // What the value was is in rows only; most likely it is the same, sent again.
      return AppendOutcome.ALREADY_THERE;
    }
    long lastBits =
        form == SlotValue.ENDED ? SlotValue.STALE_BITS : SlotValue.bits(states.number(slot), form);
    return bits == lastBits ? AppendOutcome.ALREADY_THERE : AppendOutcome.DUPLICATE_TIMESTAMP;
  }

  /**
   * Links a row; gives how many samples it holds.
   *
   * @param base whether it is a base row: those before it are sealed
   */
  public int link(long time, long commit, boolean base, byte[] bytes, int offset, int length) {
    if (time <= lastTime) {
      throw new BadRowException("a row at %d after one at %d".formatted(time, lastTime));
    }
    if (length > MOST_ROW_BYTES) {
      throw new BadRowException("a row of %d bytes".formatted(length));
    }
    if (base) {
      seal();
    } else if (rowsSinceBase == 0) {
      throw new BadRowException("the first row is no base row");
    } else if (open.rows() == MOST_OPEN_ROWS) {
      throw new BadRowException("more than %d rows after a base row".formatted(MOST_OPEN_ROWS));
    }
    boolean alone = open.rows() == 0;
    long address = open.add(time, commit, bytes, offset, length);
    try {
      validate(address, length);
    } catch (BadRowException e) {
      open.removeLast(length, lastTime);
      throw e;
    }
    int samples = apply(time, base, address, length);
    rowsSinceBase = base ? 1 : rowsSinceBase + 1;
    lastCommit = commit;
    if (alone && !base) {
      keepNewest();
    }
    return samples;
  }

  /**
   * Drops all open rows but the newest, which becomes one that needs none before it. To make room,
   * when what is sealed is gone already.
   */
  public void keepNewest() {
    if (open.rows() > 0) {
      RowEncoder encoder = places.encoder();
      encoder.encodeBase(states, times, lastTime, slots);
      open.clear();
      open.add(lastTime, lastCommit, encoder.bytes(), 0, encoder.length());
      forgetSealed();
      firstTime = sealed.size() == 0 ? lastTime : firstTime;
    }
  }

  private void validate(long address, int length) {
    cursor.reset(address, length);
    while (cursor.next()) {
      if (cursor.slot() >= slots) {
        throw new BadRowException("slot %d of %d".formatted(cursor.slot(), slots));
      }
    }
  }

  private int apply(long time, boolean base, long address, int length) {
    if (base) {
      noteBase(time, address, length);
      states.reset();
    }
    int stale = 0;
    cursor.reset(address, length);
    while (cursor.next()) {
      int slot = cursor.slot();
      int before = states.form(slot);
      states.set(slot, cursor.number(states.number(slot), before), cursor.form(before));
      if (!base) {
        note(slot, (before & SlotValue.ABSENT) == 0, time);
      }
      if (cursor.isStale()) {
        stale++;
        times.ended(slot, time);
      }
    }
    firstTime = Math.min(firstTime, time);
    timeBefore = lastTime;
    lastTime = time;
    return states.present() + stale;
  }

  /** What a base row does not name has ended with the row before. */
  private void noteBase(long time, long address, int length) {
    int next = 0;
    cursor.reset(address, length);
    while (cursor.next()) {
      for (; next < cursor.slot(); next++) {
        noteEnd(next);
      }
      noteBegin(next, states.isPresent(next), time);
      next++;
    }
    for (; next < slots; next++) {
      noteEnd(next);
    }
  }

  private void note(int slot, boolean was, long time) {
    if (was && !states.isPresent(slot) && !cursor.isStale()) {
      times.ended(slot, lastTime);
    }
    noteBegin(slot, was, time);
  }

  private void noteEnd(int slot) {
    if (states.isPresent(slot)) {
      times.ended(slot, lastTime);
    }
  }

  private void noteBegin(int slot, boolean was, long time) {
    boolean hadSamples = was || times.last(slot) != Long.MIN_VALUE;
    if (!hadSamples && firstTime != Long.MAX_VALUE) {
      times.began(slot, time);
    }
  }

  /** Makes columns of the open rows. */
  public void seal() {
    if (open.rows() == 0) {
      return;
    }
    Sealing sealing = places.sealing();
    sealing.seal(new View(new long[0], new int[0], open.view()), slots);
    SealedFiles files = places.files();
    long at = -1;
    if (files != null && sealed.file(id, files)) {
      at =
          files.add(
              id, lastSealed, open.firstTime(), open.lastTime(), sealing.bytes(), sealing.length());
    }
    addSealed(
        sealing.bytes(),
        sealing.length(),
        lastSealed,
        open.firstTime(),
        open.lastTime(),
        slots,
        at);
    FailPoint.MID_SEAL.reach();
    lastSealed = open.lastTime();
    open.clear();
  }

  private void addSealed(
      byte[] bytes, int length, long before, long from, long to, int columns, long inFile) {
    sealed.add(places.sealed().add(bytes, length, to, columns), before, from, to, inFile);
  }

  /** What a checkpoint keeps of it; under the head's read lock. */
  public PanelImage image() {
    boolean hasOpen = open.rows() > 0;
    return new PanelImage(
        id,
        slots,
        hasOpen ? rowsSinceBase : 0,
        lastSealed,
        lastTime,
        timeBefore,
        lastLoose,
        times.begins(),
        hasOpen ? times.ends() : allEnds(),
        sealed.placesInFiles(),
        sealed.unfiled(),
        open.image());
  }

  /** Without open rows nobody knows which slots had samples in the last one. */
  private long[] allEnds() {
    long[] ends = new long[slots];
    for (int slot = 0; slot < slots; slot++) {
      ends[slot] = lastTime(slot);
    }
    return ends;
  }

  /**
   * Becomes what it was when a checkpoint was made, but for the sealed rows in the files, for which
   * {@link #resume} is called; before there is any row.
   *
   * @return how many samples the open rows hold
   * @throws BadRowException if the rows are none; then it has none
   */
  public long restore(PanelImage image) {
    slots = Math.max(slots, image.slots());
    lastSealed = image.lastSealed();
    restoredTo = image.lastSealed();
    lastTime = image.lastTime();
    timeBefore = image.timeBefore();
    lastLoose = Math.max(lastLoose, image.lastLoose());
    times.restore(image.begins(), image.ends());
    restored = image;
    return restoreRows(image);
  }

  private long restoreRows(PanelImage image) {
    long samples = 0;
    try {
      for (PanelImage.Row row : image.rows()) {
        long address = open.add(row.time(), 0, row.bytes(), 0, row.bytes().length);
        validate(address, row.bytes().length);
        samples += applyRestored(address, row.bytes().length);
        firstTime = Math.min(firstTime, row.time());
      }
    } catch (BadRowException e) {
      leaveOpen();
      throw e;
    }
    rowsSinceBase = image.rows().isEmpty() ? 0 : image.rowsSinceBase();
    return samples;
  }

  /** The times of the slots are known already. */
  private int applyRestored(long address, int length) {
    int stale = 0;
    cursor.reset(address, length);
    while (cursor.next()) {
      int slot = cursor.slot();
      int before = states.form(slot);
      states.set(slot, cursor.number(states.number(slot), before), cursor.form(before));
      stale += cursor.isStale() ? 1 : 0;
    }
    return states.present() + stale;
  }

  /** What was open is sealed by now, or lost. */
  private void leaveOpen() {
    for (int slot = 0; slot < slots; slot++) {
      noteEnd(slot);
    }
    states.reset();
    open.clear();
    rowsSinceBase = 0;
  }

  /**
   * Takes back rows that were sealed before the process started, in the order in which they stand
   * in the files, before there is any row that was not there then.
   *
   * @param at where they are in the files
   * @param before the time of the row before them, when they were sealed
   * @return false if they are not taken: rows before them are missing, or they are there already
   */
  public boolean resume(long at, long before, long from, long to, byte[] bytes, int length) {
    if (restored != null && Arrays.binarySearch(restored.inFiles(), at) >= 0) {
      addAgain(bytes, length, before, from, to, at);
      firstTime = Math.min(firstTime, from);
      return true;
    }
    if (before != lastSealed || from <= before || to < lastTime) {
      return false;
    }
    addUnfiled();
    leaveOpen();
    addAgain(bytes, length, before, from, to, at);
    firstTime = sealed.firstTime(0);
    lastTime = to;
    lastSealed = to;
    timeBefore = Long.MIN_VALUE;
    return true;
  }

  private void addAgain(byte[] bytes, int length, long before, long from, long to, long inFile) {
    addSealed(bytes, length, before, from, to, 0, inFile);
    int part = sealed.size() - 1;
    SealedSlots rows = new SealedSlots();
    rows.reset(sealed.address(part), length);
    lastCommit = Math.max(lastCommit, rows.maxCommit());
  }

  /** What only the checkpoint has comes after what it says to be in the files. */
  private void addUnfiled() {
    PanelImage image = restored;
    if (image != null) {
      restored = null;
      for (PanelImage.Part part : image.unfiled()) {
        byte[] bytes = part.bytes();
        addAgain(bytes, bytes.length, part.before(), part.from(), part.to(), -1);
        firstTime = Math.min(firstTime, part.from());
      }
    }
  }

  /**
   * All that was sealed before is there: looks up when each slot had samples.
   *
   * @return the newest commit that is in it
   */
  public long resumed() {
    addUnfiled();
    SealedSlots part = new SealedSlots();
    boolean[] isLater = new boolean[MAX_SLOTS];
    boolean[] isNew = new boolean[MAX_SLOTS];
    for (int slot = 0; slot < MAX_SLOTS; slot++) {
      isNew[slot] = times.last(slot) == Long.MIN_VALUE && !states.isPresent(slot);
    }
    for (int i = sealed.size() - 1; i >= 0 && sealed.firstTime(i) > restoredTo; i--) {
      part.reset(sealed.address(i), sealed.length(i));
      for (int slot = 0; slot < part.slots(); slot++) {
        if (part.has(slot)) {
          if (!isLater[slot]) {
            isLater[slot] = true;
            times.ended(slot, part.lastTime(slot));
          }
          if (isNew[slot]) {
            times.began(slot, i == 0 ? Long.MIN_VALUE : sealed.firstTime(i));
          }
        }
      }
    }
    return lastCommit;
  }

  /** Forgets the sealed rows whose slabs were dropped. */
  public void forgetSealed() {
    if (sealed.forgetBefore(places.sealed().firstSlab())) {
      long firstOpen = open.rows() > 0 ? open.firstTime() : Long.MAX_VALUE;
      firstTime = sealed.size() > 0 ? sealed.firstTime(0) : firstOpen;
    }
  }

  /**
   * What there is of the panel in a range of time, for reading without a lock as long as the reader
   * is open.
   *
   * @param sealed addresses of sealed rows, in order of time
   * @param lengths of the sealed rows
   */
  public record View(long[] sealed, int[] lengths, OpenRows.View open) {}

  /** The view of a range of time. */
  public View view(long from, long to) {
    boolean needsOpen = open.rows() > 0 && open.lastTime() >= from && open.firstTime() <= to;
    return sealed.view(from, to, needsOpen ? open.view() : OpenRows.NONE);
  }

  /** Lets go of its rows; the memory of sealed ones goes with their slabs. */
  public void close() {
    open.clear();
    sealed.clear();
  }
}
