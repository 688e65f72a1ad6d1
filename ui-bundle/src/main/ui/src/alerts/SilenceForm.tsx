import { ActionIcon, Alert, Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue, useLocalStorage } from '@mantine/hooks';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fetchAlerts, putSilence, type Matcher, type NewSilence } from '../api/alertmanager';
import { Dialog } from '../parts/Dialog';
import { LabelList } from '../parts/LabelList';
import { Failure } from '../parts/Notice';
import page from '../parts/Page.module.css';
import { useDraft } from '../parts/useDraft';
import { formatDuration, parseDuration } from '../time/duration';
import { formatMoment, parseMoment } from '../time/moment';
import { useZone } from '../time/ZoneContext';
import { matcherText, operatorOf, OPERATORS, silenceProblem, withOperator } from './model';
import classes from './Silences.module.css';

const TWO_HOURS = 2 * 3_600_000;
const EMPTY: Matcher = { name: '', value: '', isRegex: false, isEqual: true };
/** As many alerts of the preview are listed. */
const LISTED = 20;

/** Makes a silence or changes one, and shows beforehand which alerts it is for. */
export function SilenceForm({
  initial,
  onClose,
  onDone,
}: {
  initial: Partial<NewSilence>;
  onClose: () => void;
  onDone: () => void;
}) {
  const [opened] = useState(() => Date.now());
  const [matchers, setMatchers] = useState<Matcher[]>(initial.matchers ?? [EMPTY]);
  // Null is the moment it is sent.
  const [start, setStart] = useState(initial.startsAt ? Date.parse(initial.startsAt) : null);
  const [end, setEnd] = useState(initial.endsAt ? Date.parse(initial.endsAt) : opened + TWO_HOURS);
  const [name, setName] = useLocalStorage({
    key: 'narthex.silence.creator',
    defaultValue: '',
    getInitialValueInEffect: false,
  });
  const [createdBy, setCreatedBy] = useState(initial.createdBy ?? name);
  const [comment, setComment] = useState(initial.comment ?? '');
  const [tried, setTried] = useState(false);

  const silence = (now: number): NewSilence => ({
    ...(initial.id === undefined ? {} : { id: initial.id }),
    matchers: matchers.map((matcher) => ({ ...matcher, name: matcher.name.trim() })),
    startsAt: new Date(start ?? now).toISOString(),
    // The same length, if the form was open for a while.
    endsAt: new Date(start === null ? end + now - opened : end).toISOString(),
    createdBy: createdBy.trim(),
    comment: comment.trim(),
  });
  const send = useMutation({
    mutationFn: putSilence,
    onSuccess: () => {
      setName(createdBy.trim());
      onDone();
    },
  });
  const problem = silenceProblem(silence(opened));
  const submit = () => {
    setTried(true);
    if (!problem) {
      send.mutate(silence(Date.now()));
    }
  };
  const change = (index: number, matcher: Matcher) =>
    setMatchers(matchers.map((other, i) => (i === index ? matcher : other)));

  return (
    <Dialog title={initial.id ? 'Edit silence' : 'New silence'} onClose={onClose}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <fieldset className={classes.fieldset}>
          <legend>Alerts whose labels match all of</legend>
          {matchers.map((matcher, index) => (
            <MatcherRow
              key={index}
              number={index + 1}
              matcher={matcher}
              onChange={(next) => change(index, next)}
              onRemove={() => setMatchers(matchers.filter((_, i) => i !== index))}
            />
          ))}
          <div>
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<IconPlus size={14} />}
              onClick={() => setMatchers([...matchers, EMPTY])}
            >
              Add matcher
            </Button>
          </div>
        </fieldset>
        <Times start={start} end={end} now={opened} onStart={setStart} onEnd={setEnd} />
        <TextInput
          label="Creator"
          required
          autoComplete="name"
          data-autofocus={createdBy === ''}
          value={createdBy}
          onChange={(event) => setCreatedBy(event.currentTarget.value)}
        />
        <Textarea
          label="Comment"
          required
          rows={2}
          data-autofocus={createdBy !== ''}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <Preview matchers={matchers} />
        {tried && problem && <Alert color="red">{problem}</Alert>}
        {send.error && <Failure of="The silence was not made" error={send.error} />}
        <div className={classes.end}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={send.isPending}>
            {initial.id ? 'Save' : 'Silence'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function MatcherRow({
  number,
  matcher,
  onChange,
  onRemove,
}: {
  number: number;
  matcher: Matcher;
  onChange: (matcher: Matcher) => void;
  onRemove: () => void;
}) {
  return (
    <div className={classes.row} role="group" aria-label={`Matcher ${number}`}>
      <TextInput
        aria-label="Label"
        placeholder="label"
        value={matcher.name}
        onChange={(event) => onChange({ ...matcher, name: event.currentTarget.value })}
      />
      <NativeSelect
        className={classes.operator}
        aria-label="Operator"
        data={[...OPERATORS]}
        value={operatorOf(matcher)}
        onChange={(event) => {
          const chosen = OPERATORS.find((operator) => operator === event.currentTarget.value);
          onChange(withOperator(matcher, chosen ?? '='));
        }}
      />
      <TextInput
        aria-label="Value"
        placeholder="value"
        value={matcher.value}
        onChange={(event) => onChange({ ...matcher, value: event.currentTarget.value })}
      />
      <ActionIcon
        size={36}
        variant="subtle"
        color="gray"
        aria-label="Remove matcher"
        onClick={onRemove}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </div>
  );
}

function Times({
  start,
  end,
  now,
  onStart,
  onEnd,
}: {
  start: number | null;
  end: number;
  now: number;
  onStart: (start: number | null) => void;
  onEnd: (end: number) => void;
}) {
  const { zone } = useZone();
  const begin = start ?? now;
  const startField = useDraft(start === null ? '' : formatMoment(start, zone), (text) => {
    const read = text.trim() === '' ? null : parseMoment(text, zone);
    if (read !== undefined) {
      onStart(read);
    }
    return read !== undefined;
  });
  const lengthField = useDraft(formatDuration(Math.round((end - begin) / 1000) * 1000), (text) => {
    const read = parseDuration(text);
    if (read) {
      onEnd(begin + read);
    }
    return Boolean(read);
  });
  const endField = useDraft(formatMoment(end, zone), (text) => {
    const read = parseMoment(text, zone);
    if (read !== undefined) {
      onEnd(read);
    }
    return read !== undefined;
  });
  const unit = zone === 'utc' ? 'UTC' : 'local time';
  return (
    <div className={classes.times}>
      <TextInput label={`Start (${unit})`} placeholder="now" {...startField} />
      <TextInput label="Duration" title="For example 2h or 1d12h" {...lengthField} />
      <TextInput label={`End (${unit})`} {...endField} />
    </div>
  );
}

function Preview({ matchers }: { matchers: readonly Matcher[] }) {
  const filter = matchers
    .map((matcher) => ({ ...matcher, name: matcher.name.trim() }))
    .filter(({ name }) => name !== '')
    .map(matcherText);
  const [settled] = useDebouncedValue(filter.join('\n'), 300);
  const { data, error } = useQuery({
    queryKey: ['alertmanager', 'preview', settled],
    enabled: settled !== '',
    queryFn: ({ signal }) => fetchAlerts(signal, settled.split('\n')),
  });
  if (settled === '') {
    return null;
  }
  if (error) {
    return <Failure of="Affected alerts" error={error} />;
  }
  return (
    <div className={classes.preview} role="status" aria-label="Affected alerts">
      {data === undefined
        ? 'Looking for alerts …'
        : data.length === 0
          ? 'No alert matches now.'
          : data.length === 1
            ? '1 alert matches now:'
            : `${data.length} alerts match now:`}
      {data && data.length > 0 && (
        <ul>
          {data.slice(0, LISTED).map((alert) => (
            <li key={alert.fingerprint}>
              <LabelList labels={alert.labels} />
            </li>
          ))}
          {data.length > LISTED && <li className={page.dimmed}>and {data.length - LISTED} more</li>}
        </ul>
      )}
    </div>
  );
}
