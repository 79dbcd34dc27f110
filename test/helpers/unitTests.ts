import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

const IMPORT = /^(?:import|export) (?!type )(?:[^'"]*? from )?'([^']+)';|\bimport\('([^']+)'\)/gm;
const URL_OF_FILE = /new URL\(\s*['`]([^'`]+)['`],\s*import\.meta\.url/g;
const STARTS_PROCESS = /'node:child_process'|'playwright-core'/;
/** Starts a process only to ask macOS about another one. */
const PROCESS_QUERY = /src[\\/]platform[\\/]machine\.ts$/;
const SLOW = '.slow.test.ts';

/**
 * Finds the tests that run against the sources alone: neither they nor the modules they import, directly or indirectly, start
 * a process or a browser, or refer to a file that only a build creates (a worker, a WebAssembly module). Test files that take
 * more than two seconds are excluded; their names end in `.slow.test.ts`.
 *
 * @param root the repository's root folder
 * @returns paths relative to `root`, with `/` as separator, in alphabetical order
 */
export function findUnitTests(root: string): string[] {
  const blocked = new Map<string, boolean>();
  const needsMore = (file: string): boolean => {
    const known = blocked.get(file);
    if (known !== undefined) return known;
    // Ends cycles; there are none in the sources.
    blocked.set(file, false);
    const text = readFileSync(file, 'utf8');
    const result =
      (STARTS_PROCESS.test(text) && !PROCESS_QUERY.test(file)) ||
      refersToBuild(text, file, root) ||
      importsOf(text, file, root).some((imported) => needsMore(imported));
    blocked.set(file, result);
    return result;
  };
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((name) => `test/${name.split(sep).join('/')}`)
    .filter((name) => name.endsWith('.test.ts') && !name.endsWith(SLOW))
    .filter((name) => !needsMore(resolve(root, name)))
    .sort();
}

/**
 * Whether a test replaces modules, which it can only do if Vite loads them, and isolated from others.
 *
 * @param file the path of the test
 */
export function isMocking(file: string): boolean {
  return /\bvi\.(?:doM|m)ock\(/.test(readFileSync(file, 'utf8'));
}

/** The source files that a file imports, except for their types. */
function importsOf(text: string, file: string, root: string): string[] {
  return [...text.matchAll(IMPORT)].flatMap(([, from, dynamic]) => {
    const name = from ?? dynamic;
    const base = name.startsWith('#inkling/')
      ? resolve(root, 'src', name.slice('#inkling/'.length))
      : resolve(dirname(file), name);
    if (!name.startsWith('#inkling/') && !name.startsWith('.')) return [];
    const source = ['.ts', '.tsx'].map((extension) => base.replace(/\.js$/, extension));
    return [base, ...source].filter((path) => existsSync(path)).slice(0, 1);
  });
}

/** Whether a file refers to another one by URL that is not among the sources. */
function refersToBuild(text: string, file: string, root: string): boolean {
  return [...text.matchAll(URL_OF_FILE)].some(([, path]) => {
    const target = resolve(dirname(file), path);
    return target.startsWith(resolve(root, 'dist') + sep) || !existsSync(target);
  });
}
