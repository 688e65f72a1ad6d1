import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { address } from '../api/address';
import classes from './App.module.css';

interface Readiness {
  state: 'ready' | 'waiting' | 'away';
  /** What is missing, one a line. */
  missing: string;
}

async function ask(signal: AbortSignal): Promise<Readiness> {
  const response = await fetch(address('-/ready'), { signal });
  const text = await response.text();
  return response.ok
    ? { state: 'ready', missing: '' }
    : { state: 'waiting', missing: text.split('\n').slice(1).join('\n').trim() };
}

function useReadiness(): Readiness | undefined {
  const { data, isError } = useQuery({
    queryKey: ['ready'],
    queryFn: ({ signal }) => ask(signal),
    refetchInterval: 10_000,
  });
  return isError ? { state: 'away', missing: '' } : data;
}

const WORDS = { ready: 'Ready', waiting: 'Not ready', away: 'No answer' };

/** Whether the server is ready, in the header. */
export function ReadinessMark() {
  const readiness = useReadiness();
  return (
    <span className={classes.ready} role="status" data-state={readiness?.state}>
      <span className={classes.dot} />
      {readiness ? WORDS[readiness.state] : '…'}
    </span>
  );
}

/** Names what the server waits for. */
export function MissingParts() {
  const readiness = useReadiness();
  if (!readiness || readiness.missing === '') {
    return null;
  }
  return (
    <div className={classes.missing}>
      <Alert color="yellow" role="status" title="The server is not ready">
        {readiness.missing.split('\n').map((line) => (
          <div key={line}>{line}</div>
        ))}
      </Alert>
    </div>
  );
}
