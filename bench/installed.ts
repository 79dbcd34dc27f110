import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Installed } from './results.js';
import { PEERS } from './peers.js';
import type { System } from './system.js';

const ranges = z.record(z.string(), z.string()).default({});
const manifestSchema = z.object({
  dependencies: ranges,
  peerDependencies: ranges,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().default(false) })).default({}),
});

/** The disk space of each peer that npm or pip installs, including its dependencies; see scripts/installSize.js for that of Inkling. */
export function measureInstalled(systems: readonly System[]): Installed[] {
  return systems.flatMap(measurePeer);
}

function measurePeer({ name, installed }: System): Installed[] {
  if (installed === undefined) return [];
  const folders = 'folder' in installed ? [installed.folder] : withDependencies(PEERS, [installed.package]);
  const bytes = folders.reduce((sum, folder) => sum + folderBytes(folder), 0);
  return [{ system: name, megabytes: bytes / 1e6, packages: folders.length }];
}

/** The folders of packages and all their dependencies, each once. */
function withDependencies(root: string, names: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (from: string, name: string) => {
    const folder = locate(root, from, name);
    // Optional peer dependencies may be missing.
    if (folder === undefined || found.has(folder)) return;
    found.add(folder);
    for (const dependency of dependenciesOf(folder)) visit(folder, dependency);
  };
  for (const name of names) visit(root, name);
  return [...found];
}

/** Resolves a package like Node.js: in the nearest `node_modules` of the importing package or above it. */
function locate(root: string, from: string, name: string): string | undefined {
  const folder = join(from, 'node_modules', name);
  if (existsSync(folder)) return folder;
  return from === root ? undefined : locate(root, join(from, '..'), name);
}

/** The packages that are installed with a package: not those that only optional features need. */
function dependenciesOf(folder: string): string[] {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { dependencies, peerDependencies, peerDependenciesMeta } = manifestSchema.parse(manifest);
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  return [...Object.keys(dependencies), ...peers];
}

/** The size of a package without its nested packages, which are counted separately. */
function folderBytes(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? sum : sum + folderBytes(path);
    return entry.isFile() ? sum + statSync(path).size : sum;
  }, 0);
}
