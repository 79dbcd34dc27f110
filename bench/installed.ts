import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Installed } from './results.js';
import { PEERS } from './peers.js';
import { inkling, ROOT, type System } from './system.js';

const ranges = z.record(z.string(), z.string()).default({});
const manifestSchema = z.object({ dependencies: ranges, peerDependencies: ranges });
const packSchema = z.array(z.object({ unpackedSize: z.number() })).length(1);

/** The disk space of each system that npm or pip installs, including its dependencies. */
export function measureInstalled(systems: readonly System[]): Installed[] {
  return [measureInkling(), ...systems.flatMap(measurePeer)];
}

function measureInkling(): Installed {
  const packed = execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ unpackedSize }] = packSchema.parse(JSON.parse(packed));
  const dependencies = withDependencies(ROOT, dependenciesOf(ROOT));
  const bytes = dependencies.reduce((sum, folder) => sum + folderBytes(folder), unpackedSize);
  return { system: inkling.name, megabytes: bytes / 1e6, packages: 1 + dependencies.length };
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

function dependenciesOf(folder: string): string[] {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { dependencies, peerDependencies } = manifestSchema.parse(manifest);
  return Object.keys({ ...dependencies, ...peerDependencies });
}

/** The size of a package without its nested packages, which are counted separately. */
function folderBytes(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? sum : sum + folderBytes(path);
    return entry.isFile() ? sum + statSync(path).size : sum;
  }, 0);
}
