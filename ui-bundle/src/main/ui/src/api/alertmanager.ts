import { arrayOf, askAlertmanager, isObject, labelsOf, strings, textOf } from './http';
import type { Labels } from './results';

/** Which labels a silence is for. */
export interface Matcher {
  name: string;
  value: string;
  isRegex: boolean;
  isEqual: boolean;
}

export interface ReceivedAlert {
  fingerprint: string;
  labels: Labels;
  annotations: Labels;
  startsAt: string;
  generatorURL: string;
  state: string;
  silencedBy: string[];
  inhibitedBy: string[];
  mutedBy: string[];
  receivers: string[];
}

export type SilenceState = 'active' | 'pending' | 'expired';

export interface Silence {
  id: string;
  state: SilenceState;
  matchers: Matcher[];
  startsAt: string;
  endsAt: string;
  updatedAt: string;
  createdBy: string;
  comment: string;
}

/** A silence to be made, or with an id to be changed. */
export interface NewSilence {
  id?: string;
  matchers: Matcher[];
  startsAt: string;
  endsAt: string;
  createdBy: string;
  comment: string;
}

/** The answer of /alerts. */
export function receivedAlerts(body: unknown): ReceivedAlert[] {
  return arrayOf(body, 'list of alerts')
    .filter(isObject)
    .map((alert) => {
      const status = isObject(alert.status) ? alert.status : {};
      return {
        fingerprint: textOf(alert.fingerprint),
        labels: labelsOf(alert.labels),
        annotations: labelsOf(alert.annotations),
        startsAt: textOf(alert.startsAt),
        generatorURL: textOf(alert.generatorURL),
        state: textOf(status.state),
        silencedBy: strings(status.silencedBy),
        inhibitedBy: strings(status.inhibitedBy),
        mutedBy: strings(status.mutedBy),
        receivers: arrayOf(alert.receivers ?? [], 'receivers of an alert')
          .filter(isObject)
          .map((receiver) => textOf(receiver.name)),
      };
    });
}

/** The answer of /silences. */
export function silences(body: unknown): Silence[] {
  return arrayOf(body, 'list of silences')
    .filter(isObject)
    .map((silence) => ({
      id: textOf(silence.id),
      state: silenceState(isObject(silence.status) ? silence.status.state : undefined),
      matchers: arrayOf(silence.matchers ?? [], 'matchers of a silence')
        .filter(isObject)
        .map((matcher) => ({
          name: textOf(matcher.name),
          value: textOf(matcher.value),
          isRegex: matcher.isRegex === true,
          // Older versions leave it out.
          isEqual: matcher.isEqual !== false,
        })),
      startsAt: textOf(silence.startsAt),
      endsAt: textOf(silence.endsAt),
      updatedAt: textOf(silence.updatedAt),
      createdBy: textOf(silence.createdBy),
      comment: textOf(silence.comment),
    }));
}

function silenceState(state: unknown): SilenceState {
  return state === 'pending' || state === 'expired' ? state : 'active';
}

/** The alerts that the Alertmanager has, of those that match. */
export function fetchAlerts(signal: AbortSignal, filter: string[] = []): Promise<ReceivedAlert[]> {
  const parameters = new URLSearchParams(filter.map((matcher) => ['filter', matcher]));
  return askAlertmanager('alerts', receivedAlerts, { parameters, signal });
}

export function fetchSilences(signal: AbortSignal): Promise<Silence[]> {
  return askAlertmanager('silences', silences, { signal });
}

/** Makes or changes a silence; gives its id. */
export function putSilence(silence: NewSilence): Promise<string> {
  return askAlertmanager(
    'silences',
    (body) => textOf(isObject(body) ? body.silenceID : undefined),
    { method: 'POST', body: silence },
  );
}

export function expireSilence(id: string): Promise<void> {
  return askAlertmanager(`silence/${encodeURIComponent(id)}`, () => undefined, {
    method: 'DELETE',
  });
}
