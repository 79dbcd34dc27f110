/**
 * Checks the package as it would be published, with publint and Are the Types Wrong? Builds it only if that has not been done.
 * Suggestions are not reported: Parcel needs the field `browser`, for which publint suggests a condition of `exports`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { npm, pack } from './npm.js';

if (!existsSync('dist/index.js')) npm('run', 'build');

const folder = mkdtempSync(join(tmpdir(), 'inkling-package-'));
try {
  const archive = pack(folder);
  const { buffer } = Uint8Array.from(readFileSync(archive));
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true, level: 'warning' });
  for (const message of messages) console.error(`publint: ${formatMessage(message, pkg, { color: false })}`);
  const attw = ['node_modules/@arethetypeswrong/cli/dist/index.js', '--no-color', '--no-emoji', archive];
  const { status } = spawnSync(process.execPath, attw, { stdio: 'inherit' });
  if (messages.length > 0 || status !== 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
