import type { Labels } from '../api/results';

const PLAIN_METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const PLAIN_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** A string as PromQL writes it. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (char) => char);
}

/** A label name as PromQL writes it: quoted if it is not plain. */
export function labelName(name: string): string {
  return PLAIN_LABEL.test(name) ? name : quoted(name);
}

/** The labels without the metric's name, in the order they came. */
export function otherLabels(labels: Labels): [string, string][] {
  return Object.entries(labels).filter(([name]) => name !== '__name__');
}

/** The series as a selector that finds it. */
export function seriesName(labels: Labels): string {
  const metric = labels.__name__ ?? '';
  const plain = metric === '' || PLAIN_METRIC.test(metric);
  const matchers = otherLabels(labels).map(
    ([name, value]) => `${labelName(name)}=${quoted(value)}`,
  );
  if (!plain) {
    matchers.unshift(quoted(metric));
  }
  return `${plain ? metric : ''}{${matchers.join(', ')}}`;
}
