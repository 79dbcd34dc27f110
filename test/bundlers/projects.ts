import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SHARED = ['app.js', 'main.js'];
/** Nothing that a package installs may be needed: most companies forbid it. */
const INSTALL = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];

/** Packs the package as `npm publish` would; the build must be up to date. */
export function packPackage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-package-'));
  const output = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const [{ filename }] = JSON.parse(output) as { filename: string }[];
  return join(folder, filename);
}

/**
 * Creates a project with the application and the package, and builds it.
 *
 * @param name a folder of `projects`
 * @returns the project's folder; what it built is in `out`
 */
export function buildProject(name: string, tarball: string): string {
  const folder = mkdtempSync(join(tmpdir(), `inkling-${name}-`));
  cpSync(join(ROOT, 'test', 'bundlers', 'projects', name), folder, { recursive: true });
  for (const file of SHARED) cpSync(join(ROOT, 'test', 'bundlers', file), join(folder, file));
  mkdirSync(join(folder, 'out'), { recursive: true });
  const run = (...args: string[]) =>
    execFileSync('npm', args, { cwd: folder, stdio: 'pipe', env: { ...process.env, NODE_ENV: undefined } });
  run(...INSTALL, tarball);
  run('run', 'build');
  return folder;
}
