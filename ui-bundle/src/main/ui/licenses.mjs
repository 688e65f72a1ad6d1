// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of the package that a module belongs to.
 *
 * @param {string} moduleId
 */
function packageFolder(moduleId) {
  let folder = dirname(moduleId.replace(/^\0/, '').replace(/\?.*$/, ''));
  while (folder.includes('node_modules')) {
    const description = join(folder, 'package.json');
    if (existsSync(description) && JSON.parse(readFileSync(description, 'utf8')).version) {
      return folder;
    }
    folder = dirname(folder);
  }
  return undefined;
}

/** @param {string} folder */
function licenseText(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return file
    ? readFileSync(join(folder, file), 'utf8').trim()
    : '(no license file in the package)';
}

/**
 * Writes third-party-licenses.txt: what is in the scripts and under which license.
 *
 * @returns {import('vite').Plugin}
 */
export function licenses() {
  return {
    name: 'narthex-licenses',
    apply: 'build',
    generateBundle(_, bundle) {
      /** @type {Map<string, string>} */
      const texts = new Map();
      for (const part of Object.values(bundle)) {
        for (const id of part.type === 'chunk' ? part.moduleIds : []) {
          const folder = packageFolder(id);
          if (folder) {
            const { name, version, license } = JSON.parse(
              readFileSync(join(folder, 'package.json'), 'utf8'),
            );
            texts.set(`${name} ${version} (${license})`, licenseText(folder));
          }
        }
      }
      const source = [...texts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([title, text]) => `${title}\n\n${text}\n`)
        .join(`\n${'-'.repeat(80)}\n\n`);
      this.emitFile({ type: 'asset', fileName: 'third-party-licenses.txt', source });
    },
  };
}
