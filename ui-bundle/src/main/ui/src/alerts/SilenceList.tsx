import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import {
  expireSilence,
  type NewSilence,
  type ReceivedAlert,
  type Silence,
  type SilenceState,
} from '../api/alertmanager';
import { Ago } from '../parts/Ago';
import { Failure } from '../parts/Notice';
import page from '../parts/Page.module.css';
import { found } from '../parts/search';
import { SearchBox } from '../parts/SearchBox';
import { useLimit } from '../parts/useLimit';
import { useParameter } from '../parts/useLocation';
import classes from './Silences.module.css';
import { matcherText } from './model';

const STATES: readonly SilenceState[] = ['active', 'pending', 'expired'];
const TITLES: Record<SilenceState, string> = {
  active: 'Active',
  pending: 'Pending',
  expired: 'Expired',
};

/** The silences by state; they can be changed, ended, and made again. */
export function SilenceList({
  silences,
  alerts,
  now,
  onNew,
  onEdit,
}: {
  silences: readonly Silence[];
  alerts: readonly ReceivedAlert[];
  now: number;
  onNew: () => void;
  onEdit: (silence: Partial<NewSilence>) => void;
}) {
  const [chosen, setChosen] = useParameter('silences');
  const [search, setSearch] = useParameter('search');
  const [only, setOnly] = useParameter('silence');
  const { limit, more } = useLimit(50);
  const single = silences.find(({ id }) => id === only);
  const state = single?.state ?? STATES.find((name) => name === chosen) ?? 'active';
  const shown = useMemo(
    () =>
      silences
        .filter((silence) =>
          single
            ? silence === single
            : silence.state === state &&
              found(search, [
                silence.id,
                silence.createdBy,
                silence.comment,
                ...silence.matchers.map(matcherText),
              ]),
        )
        .sort((a, b) =>
          // What ends next first; of those that have ended, the last one.
          state === 'expired' ? later(a, b) : -later(a, b),
        ),
    [silences, single, state, search],
  );
  const affected = useMemo(() => {
    const counts = new Map<string, number>();
    alerts.forEach(({ silencedBy }) =>
      silencedBy.forEach((id) => counts.set(id, (counts.get(id) ?? 0) + 1)),
    );
    return counts;
  }, [alerts]);
  return (
    <>
      <div className={page.toolbar}>
        <SegmentedControl
          aria-label="State of the silences"
          value={state}
          onChange={(next) => {
            setOnly('');
            setChosen(next === 'active' ? '' : next);
          }}
          data={STATES.map((name) => ({
            value: name,
            label: `${TITLES[name]} ${silences.filter((silence) => silence.state === name).length}`,
          }))}
        />
        <SearchBox
          value={search}
          onChange={setSearch}
          placeholder="Search by matcher, creator or comment"
        />
        <Button leftSection={<IconPlus size={16} />} onClick={onNew}>
          New silence
        </Button>
      </div>
      {single && (
        <p className={page.empty}>
          One silence is shown.{' '}
          <Button size="compact-sm" variant="light" onClick={() => setOnly('')}>
            Show all
          </Button>
        </p>
      )}
      {shown.length === 0 && <p className={page.empty}>There is no such silence.</p>}
      {shown.slice(0, limit).map((silence) => (
        <SilenceCard
          key={silence.id}
          silence={silence}
          affected={affected.get(silence.id) ?? 0}
          now={now}
          onEdit={onEdit}
        />
      ))}
      {more(shown.length, 'silences')}
    </>
  );
}

function later(a: Silence, b: Silence): number {
  return Date.parse(b.endsAt) - Date.parse(a.endsAt);
}

function SilenceCard({
  silence,
  affected,
  now,
  onEdit,
}: {
  silence: Silence;
  affected: number;
  now: number;
  onEdit: (silence: Partial<NewSilence>) => void;
}) {
  const { id, state, matchers, createdBy, comment, startsAt, endsAt } = silence;
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const expire = useMutation({
    mutationFn: () => expireSilence(id),
    onSuccess: () => client.invalidateQueries({ queryKey: ['alertmanager'] }),
  });
  return (
    <article className={`${page.card} ${classes.silence}`} aria-label={`Silence ${id}`}>
      <ul className={classes.matchers} aria-label="Matchers">
        {matchers.map((matcher) => (
          <li key={matcherText(matcher)}>{matcherText(matcher)}</li>
        ))}
      </ul>
      <p className={classes.comment}>
        <b>{createdBy}</b>: {comment}
      </p>
      <div className={classes.facts}>
        {state === 'pending' && (
          <span>
            begins <Ago time={startsAt} now={now} />
          </span>
        )}
        {state !== 'pending' && (
          <span>
            began <Ago time={startsAt} now={now} />
          </span>
        )}
        <span>
          {state === 'expired' ? 'ended ' : 'ends '}
          <Ago time={endsAt} now={now} />
        </span>
        {state === 'active' && (
          <span>{affected === 1 ? '1 alert is silenced' : `${affected} alerts are silenced`}</span>
        )}
        <span className={classes.buttons}>
          {state === 'expired' ? (
            <Button
              size="compact-sm"
              variant="light"
              onClick={() => onEdit({ matchers, createdBy, comment })}
            >
              Recreate
            </Button>
          ) : (
            <>
              <Button
                size="compact-sm"
                variant="light"
                onClick={() => onEdit({ id, matchers, createdBy, comment, startsAt, endsAt })}
              >
                Edit
              </Button>
              {asked ? (
                <>
                  <Button
                    size="compact-sm"
                    color="red"
                    loading={expire.isPending}
                    onClick={() => expire.mutate()}
                  >
                    Expire it now
                  </Button>
                  <Button size="compact-sm" variant="default" onClick={() => setAsked(false)}>
                    Keep it
                  </Button>
                </>
              ) : (
                <Button
                  size="compact-sm"
                  variant="light"
                  color="red"
                  onClick={() => setAsked(true)}
                >
                  Expire
                </Button>
              )}
            </>
          )}
        </span>
      </div>
      {expire.error && <Failure of="The silence was not ended" error={expire.error} />}
    </article>
  );
}
