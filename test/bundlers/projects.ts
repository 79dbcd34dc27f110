import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pack } from '../../scripts/npm.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SHARED = ['app.js', 'main.js', 'report.js'];
/** Nothing that a package installs may be needed: most companies forbid it. */
const INSTALL = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];

/** Packs the package as `npm publish` would; the build must be up to date. */
export function packPackage(): string {
  return pack(mkdtempSync(join(tmpdir(), 'inkling-package-')));
}

/**
 * Creates a project with the application and the package, and builds it.
 *
 * @param name a folder of `projects`
 * @returns the project's folder; what it built is in `out`
 */
export function buildProject(name: string, tarball: string): string {
  const folder = installProject(join('test', 'bundlers', 'projects', name), tarball);
  for (const file of SHARED) cpSync(join(ROOT, 'test', 'bundlers', file), join(folder, file));
  runScript(folder, 'build');
  return folder;
}

/** Copies a project of this repository and installs what it needs; returns the new folder. */
export function installProject(source: string, tarball: string): string {
  const folder = mkdtempSync(join(tmpdir(), `inkling-${basename(source)}-`));
  cpSync(join(ROOT, source), folder, { recursive: true });
  mkdirSync(join(folder, 'out'), { recursive: true });
  npm(folder, [...INSTALL, tarball]);
  return folder;
}

/** Runs a script of a project's package.json, and returns its output. */
export function runScript(folder: string, script: string, ...args: readonly string[]): string {
  return npm(folder, ['run', '--silent', script, '--', ...args]);
}

function npm(folder: string, args: readonly string[]): string {
  const env = { ...process.env, NODE_ENV: undefined, NEXT_TELEMETRY_DISABLED: '1' };
  return execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe', env });
}
