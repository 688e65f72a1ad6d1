/** How times are shown and typed. The address of the page has UTC always. */
export type Zone = 'utc' | 'local';

const SYNTAX = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** 2026-11-25 03:04:05. */
export function formatMoment(millis: number, zone: Zone): string {
  return `${formatDay(millis, zone)} ${formatClock(millis, zone)}`;
}

/** 2026-11-25. */
export function formatDay(millis: number, zone: Zone): string {
  const { year, month, day } = fields(millis, zone);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** 03:04:05. */
export function formatClock(millis: number, zone: Zone): string {
  const { hour, minute, second } = fields(millis, zone);
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}

/** Reads 2026-11-25 03:04[:05], or the day alone; undefined if it is none. */
export function parseMoment(text: string, zone: Zone): number | undefined {
  const found = SYNTAX.exec(text.trim());
  if (!found) {
    return undefined;
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((part) => Number(part ?? 0));
  const millis =
    zone === 'utc'
      ? Date.UTC(year, month - 1, day, hour, minute, second)
      : new Date(year, month - 1, day, hour, minute, second).getTime();
  // A day that the month does not have would have become one of the next.
  const read = fields(millis, zone);
  return read.month === month && read.day === day && hour < 24 && minute < 60 && second < 60
    ? millis
    : undefined;
}

/** Reads a time of the API; undefined for one that Go writes for "never". */
export function apiTime(text: string): number | undefined {
  const millis = Date.parse(text);
  return Number.isNaN(millis) || millis <= 0 ? undefined : millis;
}

function fields(millis: number, zone: Zone) {
  const time = new Date(millis);
  return zone === 'utc'
    ? {
        year: time.getUTCFullYear(),
        month: time.getUTCMonth() + 1,
        day: time.getUTCDate(),
        hour: time.getUTCHours(),
        minute: time.getUTCMinutes(),
        second: time.getUTCSeconds(),
      }
    : {
        year: time.getFullYear(),
        month: time.getMonth() + 1,
        day: time.getDate(),
        hour: time.getHours(),
        minute: time.getMinutes(),
        second: time.getSeconds(),
      };
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
