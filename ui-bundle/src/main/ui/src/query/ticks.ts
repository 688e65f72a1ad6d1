import { formatMoment, type Zone } from '../time/moment';

const PREFIXES: readonly [size: number, prefix: string][] = [
  [1e24, 'Y'],
  [1e21, 'Z'],
  [1e18, 'E'],
  [1e15, 'P'],
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
  [1, ''],
  [1e-3, 'm'],
  [1e-6, 'µ'],
  [1e-9, 'n'],
];

/** The marks of a value axis, all in one unit and with as many digits as tell them apart. */
export function valueTicks(ticks: readonly number[]): string[] {
  const largest = Math.max(0, ...ticks.map(Math.abs));
  const [size, prefix] = PREFIXES.find(([unit]) => largest >= unit) ?? [1e-9, 'n'];
  if (largest === 0) {
    return ticks.map(() => '0');
  }
  if (largest < 1e-9) {
    return ticks.map((tick) => (tick === 0 ? '0' : tick.toExponential(1)));
  }
  const step = Math.abs((ticks[1] ?? 0) - (ticks[0] ?? 0)) / size || 1;
  const digits = Math.min(9, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
  return ticks.map((tick) => (tick === 0 ? '0' : (tick / size).toFixed(digits) + prefix));
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/**
 * The marks of a time axis, in 24 hours; the day stands below the first one and each that begins
 * one.
 *
 * @param ticks in seconds
 * @param increment the distance of two, in seconds
 */
export function timeTicks(ticks: readonly number[], increment: number, zone: Zone): string[] {
  let before = '';
  return ticks.map((tick) => {
    const [day = '', clock = ''] = formatMoment(tick * 1000, zone).split(' ');
    const [year, month, dayOfMonth] = day.split('-');
    const monthName = MONTHS[Number(month) - 1];
    if (increment >= 28 * 86_400) {
      const text = year === before ? `${monthName}` : `${monthName}\n${year}`;
      before = year ?? '';
      return text;
    }
    const date = `${monthName} ${Number(dayOfMonth)}`;
    if (increment >= 86_400) {
      const text = year === before ? date : `${date}\n${year}`;
      before = year ?? '';
      return text;
    }
    const time = increment >= 60 ? clock.slice(0, 5) : clock;
    const text = day === before ? time : `${time}\n${date}`;
    before = day;
    return text;
  });
}

/** The time in a tooltip. */
export function tooltipTime(seconds: number, zone: Zone): string {
  return `${formatMoment(seconds * 1000, zone)} ${zone === 'utc' ? 'UTC' : ''}`.trim();
}
