import { address } from './address';

/** Why there is no answer that can be shown. */
export class ApiError extends Error {
  constructor(
    /** What kind of failure it is: upstream's error type, or the status of the answer. */
    readonly kind: string,
    message: string,
    /** 0 if there was no answer. */
    readonly status: number,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** Data with what the server said about it. */
export interface Answer<T> {
  data: T;
  warnings: string[];
  infos: string[];
  /** From sending the request to having read the answer. */
  millis: number;
}

/** A JSON object whose fields are not known yet. */
export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a failed request is shown as. */
export function asApiError(failure: unknown): ApiError {
  if (failure instanceof ApiError) {
    return failure;
  }
  const text = failure instanceof Error ? failure.message : String(failure);
  return new ApiError('No answer', `The server did not answer: ${text}`, 0);
}

/** Gets data from the API of Prometheus, in its envelope. */
export async function getData<T>(
  path: string,
  decode: (data: unknown) => T,
  options: { parameters?: URLSearchParams; post?: URLSearchParams; signal?: AbortSignal } = {},
): Promise<Answer<T>> {
  const begun = performance.now();
  const response = await fetch(address(`api/v1/${path}`, options.parameters), {
    method: options.post ? 'POST' : 'GET',
    body: options.post ?? null,
    signal: options.signal ?? null,
  });
  const envelope = openEnvelope(response.status, await response.text());
  return { ...envelope, data: decode(envelope.data), millis: performance.now() - begun };
}

/** Reads the envelope; throws what it says if it is an error. */
export function openEnvelope(
  status: number,
  text: string,
): { data: unknown; warnings: string[]; infos: string[] } {
  const body = parse(text);
  if (!isObject(body) || (body.status !== 'success' && body.status !== 'error')) {
    throw new ApiError(`HTTP ${status}`, text.trim() || 'The answer is empty.', status);
  }
  if (body.status === 'error') {
    throw new ApiError(
      String(body.errorType ?? `HTTP ${status}`),
      String(body.error ?? 'no reason was given'),
      status,
    );
  }
  return { data: body.data, warnings: strings(body.warnings), infos: strings(body.infos) };
}

/** Asks the API of the Alertmanager, which has no envelope. */
export async function askAlertmanager<T>(
  path: string,
  decode: (body: unknown) => T,
  options: {
    method?: 'GET' | 'POST' | 'DELETE';
    parameters?: URLSearchParams;
    body?: unknown;
    signal?: AbortSignal;
  } = {},
): Promise<T> {
  const response = await fetch(address(`alertmanager/api/v2/${path}`, options.parameters), {
    method: options.method ?? 'GET',
    headers: options.body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: options.body === undefined ? null : JSON.stringify(options.body),
    signal: options.signal ?? null,
  });
  const text = await response.text();
  if (!response.ok) {
    throw alertmanagerError(response.status, text);
  }
  return decode(text === '' ? undefined : parse(text));
}

/** Its errors are a JSON string, or an object with a message, or plain text. */
export function alertmanagerError(status: number, text: string): ApiError {
  const body = parse(text);
  const message =
    typeof body === 'string' ? body : isObject(body) ? (body.message ?? body.error) : undefined;
  return new ApiError(
    `HTTP ${status}`,
    typeof message === 'string' ? message : text.trim() || 'The answer is empty.',
    status,
  );
}

/** What a decoder throws at an answer of another shape than upstream's. */
export function unexpected(what: string): ApiError {
  return new ApiError('Unexpected answer', `The answer has no ${what}.`, 200);
}

/** An array, or the error that names it. */
export function arrayOf(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) {
    throw unexpected(what);
  }
  return value;
}

/** The strings of an array; of anything else, none. */
export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** A set of labels; of anything else, the empty one. */
export function labelsOf(value: unknown): Record<string, string> {
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]))
    : {};
}

/** A text; of anything that is not there, the empty one. */
export function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
