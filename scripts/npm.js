import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs npm and returns what it prints. */
export function npm(...args) {
  const stdio = ['ignore', 'pipe', 'inherit'];
  return execFileSync('npm', args, { encoding: 'utf8', stdio, shell: process.platform === 'win32' });
}

/** Packs what has been built, and returns the path of the archive. */
export function pack(folder) {
  const [{ filename }] = JSON.parse(npm('pack', '--ignore-scripts', '--json', '--pack-destination', folder));
  return join(folder, filename);
}
