import type { Labels } from '../api/results';

/** Whether all words of a search are somewhere in the texts. */
export function found(search: string, texts: readonly string[]): boolean {
  const all = texts.join('\n').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** What a search looks through in labels: name=value, with and without quotes. */
export function labelTexts(labels: Labels): string[] {
  return Object.entries(labels).flatMap(([name, value]) => [
    `${name}=${value}`,
    `${name}="${value}"`,
  ]);
}
