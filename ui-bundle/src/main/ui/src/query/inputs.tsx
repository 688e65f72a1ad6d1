import { ActionIcon, NativeSelect, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconMinus, IconPlus, IconX } from '@tabler/icons-react';
import { useDraft } from '../parts/useDraft';
import { formatDuration, parseDuration } from '../time/duration';
import { formatMoment, parseMoment } from '../time/moment';
import { useZone } from '../time/ZoneContext';
import classes from './inputs.module.css';
import { stepOf, type Density, type Resolution } from './panel';

/** A moment, or now; the arrows move it. */
export function TimeInput({
  label,
  value,
  shift,
  onChange,
}: {
  label: string;
  value: number | null;
  /** How far an arrow moves it, in ms. */
  shift: number;
  onChange: (value: number | null) => void;
}) {
  const { zone } = useZone();
  const field = useDraft(value === null ? '' : formatMoment(value, zone), (text) => {
    const read = text.trim() === '' ? null : parseMoment(text, zone);
    if (read !== undefined) {
      onChange(read);
    }
    return read !== undefined;
  });
  const move = (millis: number) => onChange((value ?? Date.now()) + millis);
  return (
    <div className={classes.field} role="group" aria-label={label}>
      <ActionIcon variant="default" aria-label="Earlier" onClick={() => move(-shift)}>
        <IconChevronLeft size={16} />
      </ActionIcon>
      <TextInput
        size="xs"
        className={classes.time}
        aria-label={label}
        placeholder={`${label}: now`}
        title={`YYYY-MM-DD hh:mm:ss, ${zone === 'utc' ? 'UTC' : 'local time'}; empty is now`}
        {...field}
        rightSection={
          value !== null && (
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label="Now"
              title="Now"
              onClick={() => onChange(null)}
            >
              <IconX size={14} />
            </ActionIcon>
          )
        }
      />
      <ActionIcon variant="default" aria-label="Later" onClick={() => move(shift)}>
        <IconChevronRight size={16} />
      </ActionIcon>
    </div>
  );
}

const RANGES = '1s 10s 1m 5m 15m 30m 1h 2h 6h 12h 1d 2d 1w 2w 4w 8w 1y 2y'
  .split(' ')
  .map((text) => parseDuration(text) ?? 0);

/** How long the graph is. */
export function RangeInput({
  value,
  onChange,
}: {
  value: number;
  onChange: (value: number) => void;
}) {
  const field = useDraft(formatDuration(value), (text) => {
    const read = parseDuration(text);
    if (read) {
      onChange(read);
    }
    return Boolean(read);
  });
  const shorter = RANGES.findLast((range) => range < value);
  const longer = RANGES.find((range) => range > value);
  return (
    <div className={classes.field} role="group" aria-label="Range">
      <ActionIcon
        variant="default"
        aria-label="Shorter range"
        disabled={shorter === undefined}
        onClick={() => onChange(shorter ?? value)}
      >
        <IconMinus size={16} />
      </ActionIcon>
      <TextInput
        size="xs"
        className={classes.range}
        aria-label="Range"
        title="A duration such as 1h30m"
        {...field}
      />
      <ActionIcon
        variant="default"
        aria-label="Longer range"
        disabled={longer === undefined}
        onClick={() => onChange(longer ?? value)}
      >
        <IconPlus size={16} />
      </ActionIcon>
    </div>
  );
}

const STEPS = ['10s', '30s', '1m', '5m', '15m', '1h'];
const DENSITIES: readonly Density[] = ['low', 'medium', 'high'];

/** How far apart the points of the graph are. */
export function ResolutionInput({
  value,
  range,
  onChange,
}: {
  value: Resolution;
  range: number;
  onChange: (value: Resolution) => void;
}) {
  const step = formatDuration(stepOf(value, range));
  const fixed = value.type === 'fixed' && STEPS.includes(step);
  const chosen = value.type === 'auto' ? `auto ${value.density}` : fixed ? step : 'custom';
  const field = useDraft(step, (text) => {
    const read = parseDuration(text);
    if (read) {
      onChange({ type: 'custom', step: read });
    }
    return Boolean(read);
  });
  const choose = (choice: string) => {
    const density = DENSITIES.find((name) => choice === `auto ${name}`);
    if (density) {
      onChange({ type: 'auto', density });
    } else if (choice === 'custom') {
      onChange({ type: 'custom', step: stepOf(value, range) });
    } else {
      onChange({ type: 'fixed', step: parseDuration(choice) ?? 1000 });
    }
  };
  return (
    <div className={classes.field}>
      <NativeSelect
        size="xs"
        className={classes.resolution}
        aria-label="Resolution"
        value={chosen}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[
          {
            group: 'Automatic',
            items: DENSITIES.map((density) => ({
              value: `auto ${density}`,
              label: `Res.: ${density} (${formatDuration(stepOf({ type: 'auto', density }, range))})`,
            })),
          },
          {
            group: 'Fixed step',
            items: STEPS.map((text) => ({ value: text, label: `Step: ${text}` })),
          },
          { group: 'Other', items: [{ value: 'custom', label: 'Step: typed' }] },
        ]}
      />
      {chosen === 'custom' && (
        <TextInput
          size="xs"
          className={classes.range}
          aria-label="Step"
          title="A duration such as 15s"
          {...field}
        />
      )}
    </div>
  );
}
