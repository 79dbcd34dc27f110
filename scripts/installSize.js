/**
 * Installs the package for production, as a user without optional features does, and saves how large the installation is in
 * bench/results/install.json. Requires a build and access to the package registry.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm, pack } from './npm.js';

const BLOCK_BYTES = 512;

const folder = mkdtempSync(join(tmpdir(), 'inkling-install-'));
try {
  writeFileSync(join(folder, 'package.json'), '{}');
  npm('install', '--prefix', folder, '--omit=dev', '--omit=optional', pack(folder));
  const files = readdirSync(join(folder, 'node_modules'), { recursive: true, withFileTypes: true });
  const record = {
    command: 'npm run bench:install',
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    packages: files.filter(isManifest).length,
    megabytes: sum(files.map(bytesOf)) / 1e6,
    diskMegabytes: sum(files.map(diskBytes)) / 1e6,
  };
  writeFileSync('bench/results/install.json', `${JSON.stringify(record, null, 1)}\n`);
  console.log(record);
} finally {
  rmSync(folder, { recursive: true });
}

/** Whether a file is that of a package: other folders of a package can contain a `package.json`, too. */
function isManifest({ name, parentPath }) {
  if (name !== 'package.json') return false;
  const { name: packageName, version } = JSON.parse(readFileSync(join(parentPath, name), 'utf8'));
  return (
    packageName !== undefined &&
    version !== undefined &&
    parentPath.endsWith(join('node_modules', packageName))
  );
}

function bytesOf(entry) {
  return entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0;
}

/** The space that a file or folder takes up on the disk, which is more than its length. */
function diskBytes({ name, parentPath }) {
  return statSync(join(parentPath, name)).blocks * BLOCK_BYTES;
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
