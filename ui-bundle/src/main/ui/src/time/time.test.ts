import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration, roughDuration } from './duration';
import { apiTime, formatMoment, parseMoment } from './moment';

describe('durations', () => {
  it.each([
    ['0', 0],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['1d2h3m4s5ms', 93_784_005],
    ['1w', 604_800_000],
    ['1y', 31_536_000_000],
    [' 10s ', 10_000],
  ])('reads %s', (text, millis) => {
    expect(parseDuration(text)).toBe(millis);
  });

  it.each(['', ' ', '5', 'm', '-5m', '1.5h', '5m1h', '5 m', '1h 30m', '5M'])(
    'does not read "%s"',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  it.each([
    [0, '0s'],
    [1, '1ms'],
    [5_400_000, '1h30m'],
    [90 * 86_400_000, '90d'],
    [14 * 86_400_000, '2w'],
    [365 * 86_400_000, '1y'],
    [366 * 86_400_000, '366d'],
  ])('writes %d', (millis, text) => {
    expect(formatDuration(millis)).toBe(text);
  });

  it('reads what it writes', () => {
    for (let millis = 1; millis < 1e12; millis = millis * 3 + 7) {
      expect(parseDuration(formatDuration(millis))).toBe(millis);
    }
  });

  it.each([
    [0.4, '0.4ms'],
    [12.4, '12ms'],
    [3210, '3.2s'],
    [59_400, '59s'],
    [125_000, '2m 5s'],
    [7_265_000, '2h 1m'],
    [14 * 86_400_000, '14d'],
  ])('says %d for people', (millis, text) => {
    expect(roughDuration(millis)).toBe(text);
  });
});

describe('moments', () => {
  const millis = Date.UTC(2026, 10, 25, 3, 4, 5);

  it('are in 24 hours', () => {
    expect(formatMoment(millis, 'utc')).toBe('2026-11-25 03:04:05');
    expect(formatMoment(millis + 12 * 3_600_000, 'utc')).toBe('2026-11-25 15:04:05');
  });

  it.each([
    ['2026-11-25 03:04:05', millis],
    ['2026-11-25T03:04:05', millis],
    ['2026-11-25 03:04', millis - 5000],
    ['2026-11-25 3:04', millis - 5000],
    ['2026-11-25', Date.UTC(2026, 10, 25)],
  ])('are read: %s', (text, expected) => {
    expect(parseMoment(text, 'utc')).toBe(expected);
  });

  it.each([
    '',
    'now',
    '2026-02-30',
    '2026-13-01',
    '2026-11-25 24:00',
    '2026-11-25 03:60',
    '25.11.',
  ])('are not: %s', (text) => {
    expect(parseMoment(text, 'utc')).toBeUndefined();
  });

  it('in local time are read as they are written', () => {
    expect(parseMoment(formatMoment(millis, 'local'), 'local')).toBe(millis);
  });

  it('that never were are told from others', () => {
    expect(apiTime('0001-01-01T00:00:00Z')).toBeUndefined();
    expect(apiTime('')).toBeUndefined();
    expect(apiTime('2026-11-25T03:04:05.123456789Z')).toBe(millis + 123);
  });
});
