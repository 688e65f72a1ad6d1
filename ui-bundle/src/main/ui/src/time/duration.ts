const UNITS: readonly [unit: string, millis: number, onlyIfExact: boolean][] = [
  ['y', 365 * 86_400_000, true],
  ['w', 7 * 86_400_000, true],
  ['d', 86_400_000, false],
  ['h', 3_600_000, false],
  ['m', 60_000, false],
  ['s', 1000, false],
  ['ms', 1, false],
];

const SYNTAX = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/** Reads a duration such as 1h30m, in ms; undefined if it is none. */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '0') {
    return 0;
  }
  const found = SYNTAX.exec(trimmed);
  if (trimmed === '' || !found) {
    return undefined;
  }
  return UNITS.reduce((sum, [, millis], i) => sum + Number(found[i + 1] ?? 0) * millis, 0);
}

/** Writes a duration as upstream does: 1h30m, and 90d rather than 12w6d. */
export function formatDuration(millis: number): string {
  return parts(millis).join('') || '0s';
}

/** For people: two parts at most, 2h 5m or 3.2s. */
export function roughDuration(millis: number): string {
  const size = Math.abs(millis);
  if (size < 1000) {
    return `${size < 10 ? Number(size.toFixed(1)) : Math.round(size)}ms`;
  }
  if (size < 60_000) {
    return `${Number((size / 1000).toFixed(size < 10_000 ? 1 : 0))}s`;
  }
  return parts(Math.round(size / 1000) * 1000, false)
    .slice(0, 2)
    .join(' ');
}

function parts(millis: number, weeks = true): string[] {
  let left = Math.round(Math.abs(millis));
  const found: string[] = [];
  for (const [unit, size, onlyIfExact] of UNITS) {
    if (onlyIfExact && (!weeks || left % size !== 0)) {
      continue;
    }
    const count = Math.floor(left / size);
    if (count > 0) {
      found.push(`${count}${unit}`);
      left -= count * size;
    }
  }
  return found;
}
