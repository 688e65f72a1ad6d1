import { useEffect, useState } from 'react';
import { roughDuration } from '../time/duration';
import { apiTime, formatMoment } from '../time/moment';
import { useZone } from '../time/ZoneContext';

/** The time now, anew every few seconds. */
export function useNow(everyMillis = 5000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMillis);
    return () => clearInterval(timer);
  }, [everyMillis]);
  return now;
}

/** When something began and how long ago that was. */
export function Since({ time, now }: { time: string; now: number }) {
  const { zone } = useZone();
  const millis = apiTime(time);
  if (millis === undefined) {
    return <>an unknown time</>;
  }
  return (
    <time dateTime={time} title={zone === 'utc' ? 'UTC' : 'local time'}>
      {formatMoment(millis, zone)} ({roughDuration(now - millis)})
    </time>
  );
}

/** How long ago something was or how far ahead it is, with the time itself as its title. */
export function Ago({ time, now }: { time: string; now: number }) {
  const { zone } = useZone();
  const millis = apiTime(time);
  if (millis === undefined) {
    return <>never</>;
  }
  const distance = now - millis;
  return (
    <time dateTime={time} title={`${formatMoment(millis, zone)}${zone === 'utc' ? ' UTC' : ''}`}>
      {distance >= 0 ? `${roughDuration(distance)} ago` : `in ${roughDuration(distance)}`}
    </time>
  );
}
