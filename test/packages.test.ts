import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { z } from 'zod';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const names = z.record(z.string(), z.string()).transform((versions) => Object.keys(versions));
const manifest = z
  .object({ dependencies: names, peerDependencies: names })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));

/** Whether a script belongs to the current sources and is loaded by Node.js; bundles for browsers contain what they need. */
function isBuilt(file: string): boolean {
  const source = join(dist, '../src', file.replace(/\.js$/, '.ts'));
  if (file.endsWith('.browser.js')) return false;
  return file.endsWith('.js') && (/^bin[\\/]/.test(file) || existsSync(source));
}

/** The packages that a script imports. */
function importsOf(file: string): string[] {
  const imports = ts.preProcessFile(readFileSync(join(dist, file), 'utf8')).importedFiles;
  return imports
    .map(({ fileName }) => fileName)
    .filter((name) => !/^(\.|node:|#)/.test(name) && !builtinModules.includes(name))
    .map((name) => (name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : name.split('/')[0]));
}

test('the build imports only packages that are installed with it, or on request', () => {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(isBuilt);
  expect(files.length).toBeGreaterThan(100);
  const missing = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => ![...manifest.dependencies, ...manifest.peerDependencies].includes(name))
      .map((name) => `${file} imports ${name}`),
  );
  expect(missing).toEqual([]);
});

test('the licenses of bundled packages are next to the bundles', () => {
  for (const [file, name] of [
    ['charts', 'vega'],
    ['server', 'fastify'],
  ])
    expect(readFileSync(join(dist, 'vendor', `${file}.licenses.md`), 'utf8')).toContain(`\n## ${name} - `);
});
