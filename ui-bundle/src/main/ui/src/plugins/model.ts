import type { InstalledBundle } from '../api/bundles';
import { found } from '../parts/search';

/** Which bundles are shown. */
export const KINDS = ['product', 'drop-in', 'foundation', 'all'] as const;
export type Kind = (typeof KINDS)[number];

/** The bundles that pass, those with a problem first. */
export function filterBundles(
  bundles: readonly InstalledBundle[],
  kind: Kind,
  search: string,
): InstalledBundle[] {
  return bundles
    .filter((bundle) => isOf(kind, bundle) && found(search, textsOf(bundle)))
    .sort(
      (a, b) =>
        Number(b.problem !== '') - Number(a.problem !== '') ||
        a.name.localeCompare(b.name, 'en') ||
        a.file.localeCompare(b.file, 'en'),
    );
}

/** What is ours and no library, though it may belong to the foundation. */
function isOurs(name: string): boolean {
  return name.startsWith('io.narthex.') && !name.startsWith('io.narthex.lib.');
}

function isOf(kind: Kind, { name, updateClass, problem }: InstalledBundle): boolean {
  switch (kind) {
    case 'all':
      return true;
    case 'product':
      // A problem is never hidden at first.
      return updateClass !== 'foundation' || isOurs(name) || problem !== '';
    default:
      return updateClass === kind;
  }
}

function textsOf({ name, file, state, problem, contributions }: InstalledBundle): string[] {
  return [
    name,
    file,
    state,
    problem,
    ...contributions.flatMap((one) => [`${one.kind} ${one.name}`, ...one.more]),
  ];
}

const NEEDED_HERE: readonly string[] = [
  'io.narthex.ui',
  'io.narthex.http.api',
  // It is what starts and stops bundles for us.
  'io.narthex.deployer',
];

/** What stopping a bundle costs, for the question before it. */
export function costOfStopping(bundle: InstalledBundle): string {
  if (NEEDED_HERE.includes(bundle.name)) {
    return 'This page needs it. Only a restart or the console starts it again.';
  }
  return bundle.updateClass === 'core'
    ? 'The server does without this part until it is started again.'
    : 'What it contributes is away until it is started again.';
}
