import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const names = z.record(z.string(), z.string()).transform((versions) => Object.keys(versions));
const manifest = z
  .object({ dependencies: names, peerDependencies: names })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

const packSchema = z.array(z.object({ files: z.array(z.object({ path: z.string() })) })).length(1);
const mapSchema = z.object({ sourcesContent: z.array(z.string().nullable()).default([null]) });

/** Whether a script belongs to the current sources and is loaded by Node.js; bundles for browsers contain what they need. */
function isBuilt(file: string): boolean {
  const source = join(root, 'src', file.replace(/\.js$/, '.ts'));
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

/** The files of the package, as it would be published. */
const published = (() => {
  const npm = spawnSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const [{ files }] = packSchema.parse(JSON.parse(npm.stdout));
  return new Set(files.map(({ path }) => path));
})();

/** The files and folders of the repository that a document links to. */
function linksOf(document: string): string[] {
  const text = readFileSync(join(root, document), 'utf8').replaceAll(/```[^]*?```/g, '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(
    ([, link, source]) => link ?? source,
  );
  return links
    .filter((link) => !/^(\w+:|#)/.test(link))
    .map((link) => posix.join(posix.dirname(document), link.replace(/#.*/, '')));
}

test('everything in the repository that a published document links to is published', () => {
  const documents = [...published].filter((path) => path.endsWith('.md') && !path.startsWith('dist/'));
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/library.md']));
  const isPublished = (link: string) =>
    published.has(link) || [...published].some((path) => path.startsWith(`${link.replace(/\/$/, '')}/`));
  const missing = documents.flatMap((document) =>
    linksOf(document)
      .filter((link) => !isPublished(link))
      .map((link) => `${document} links to ${link}`),
  );
  expect(documents.flatMap(linksOf).length).toBeGreaterThan(50);
  expect(missing).toEqual([]);
});

test('every source map that a published script names is published and contains its sources', () => {
  const problems = [...published].flatMap((path) => {
    if (!/\.m?js$/.test(path)) return [];
    const map = /^\/\/# sourceMappingURL=(.+)$/m.exec(readFileSync(join(root, path), 'utf8'))?.[1];
    if (map === undefined) return [];
    const mapPath = posix.join(posix.dirname(path), map);
    if (!published.has(mapPath)) return [`${path}: ${mapPath} is not published`];
    const { sourcesContent } = mapSchema.parse(JSON.parse(readFileSync(join(root, mapPath), 'utf8')));
    return sourcesContent.every((text) => typeof text === 'string')
      ? []
      : [`${mapPath}: a source is missing`];
  });
  expect(published).toContain('dist/index.js.map');
  expect(problems).toEqual([]);
});

test('the licenses of bundled packages are next to the bundles', () => {
  for (const [file, name] of [
    ['vendor/charts.licenses.md', 'vega'],
    ['vendor/server.licenses.md', 'fastify'],
    ['standalone/licenses.md', '@foxglove/crc'],
    ['web/licenses.md', 'preact'],
  ])
    expect(readFileSync(join(dist, file), 'utf8')).toContain(`\n## ${name} - `);
});
