// @ts-check
// Builds the pages into a folder that the bundle packs: installs the packages if the lock file
// changed, checks the types, bundles, compresses, and lists the files. Does nothing if nothing it
// reads has changed since the stamp was written. Usage: node build.mjs OUT STAMP
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, 'dist'));
const installed = join(here, 'node_modules', '.narthex-lock');
const built = resolve(process.argv[3] ?? join(here, 'node_modules', '.narthex-inputs'));

/** @param {string | Buffer} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * @param {string} program
 * @param {string[]} args
 */
function run(program, ...args) {
  const { status, error } = spawnSync(program, args, {
    cwd: here,
    stdio: 'inherit',
    env: { ...process.env, UI_OUT: out },
    // npm is a script there.
    shell: process.platform === 'win32',
  });
  if (error || status !== 0) {
    console.error(
      `${program} ${args.join(' ')}: ${error ? error.message : `ended with ${status}`}`,
    );
    process.exit(1);
  }
}

/**
 * The files below a folder, in a fixed order.
 *
 * @param {string} folder
 * @returns {string[]}
 */
function files(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? files(path) : [path];
    });
}

/** What the result depends on. */
function inputs() {
  const top = readdirSync(here).filter((name) => /\.(json|mjs|ts|html)$|^\.npmrc$/.test(name));
  const paths = [...top.sort().map((name) => join(here, name)), ...files(join(here, 'src'))];
  const hashes = paths.map((path) => `${relative(here, path)} ${sha256(readFileSync(path))}`);
  return sha256([process.version, ...hashes].join('\n'));
}

function install() {
  const lock = sha256(readFileSync(join(here, 'package-lock.json')));
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lock) {
    return;
  }
  run('npm', 'ci', '--no-audit', '--no-fund');
  writeFileSync(installed, lock);
}

/**
 * @param {string} name
 * @param {string[]} args
 */
function tool(name, ...args) {
  run(process.execPath, join(here, 'node_modules', name), ...args);
}

/** Replaces each file by its compressed form and lists the names, sizes and digests. */
function pack() {
  const lines = files(out).map((path) => {
    const bytes = readFileSync(path);
    const compressed = gzipSync(bytes, { level: 9 });
    // The byte that names the system, so that the result is the same on all of them.
    compressed[9] = 255;
    writeFileSync(`${path}.gz`, compressed);
    rmSync(path);
    const name = relative(out, path).replaceAll('\\', '/');
    return [name, bytes.length, compressed.length, sha256(bytes).slice(0, 24)].join('\t');
  });
  writeFileSync(join(out, 'files.tsv'), lines.join('\n') + '\n');
}

install();
const now = inputs();
if (
  existsSync(join(out, 'files.tsv')) &&
  existsSync(built) &&
  readFileSync(built, 'utf8') === now
) {
  console.log(`${relative(process.cwd(), out)} is up to date`);
} else {
  rmSync(out, { recursive: true, force: true });
  tool('typescript/bin/tsc');
  tool('vite/bin/vite.js', 'build', '--logLevel', 'warn');
  pack();
  mkdirSync(dirname(built), { recursive: true });
  writeFileSync(built, now);
}
