import { address } from './address';
import { arrayOf, isObject, openEnvelope, textOf } from './http';

export interface Contribution {
  kind: string;
  name: string;
  /** Whatever else the bundle says about it, as text. */
  more: string[];
}

export interface InstalledBundle {
  name: string;
  version: string;
  state: string;
  updateClass: string;
  file: string;
  problem: string;
  contributions: Contribution[];
}

/** The data of /api/v1/bundles. */
export function bundleList(data: unknown): InstalledBundle[] {
  return arrayOf(data, 'list of bundles')
    .filter(isObject)
    .map((bundle) => ({
      name: textOf(bundle.name),
      version: textOf(bundle.version),
      state: textOf(bundle.state),
      updateClass: textOf(bundle.updateClass),
      file: textOf(bundle.file),
      problem: textOf(bundle.problem ?? bundle.reason),
      contributions: arrayOf(bundle.contributes ?? [], 'contributions of a bundle')
        .filter(isObject)
        .map(({ kind, name, ...more }) => ({
          kind: textOf(kind),
          name: textOf(name),
          more: Object.entries(more).map(([key, value]) => `${key}: ${listed(value)}`),
        })),
    }));
}

function listed(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(', ') : textOf(value);
}

/** Starts or stops a bundle; the promise fails with what the server says against it. */
export async function changeBundle(name: string, change: 'start' | 'stop'): Promise<void> {
  const path = `api/v1/bundles/${encodeURIComponent(name)}/${change}`;
  const response = await fetch(address(path), { method: 'POST' });
  openEnvelope(response.status, await response.text());
}
