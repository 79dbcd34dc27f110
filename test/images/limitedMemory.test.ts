import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../data/tinySet.js';
import { drawDigit } from '../helpers/drawnDigits.js';
import { encodePng } from '../helpers/encodeImage.js';

/** Too little for the threads that decode and the guard regions of their WebAssembly memory, enough for Node.js itself. */
const KILOBYTES = 12_000_000;

function limited(...args: readonly string[]) {
  const command = `ulimit -v ${KILOBYTES} && exec "$@"`;
  return spawnSync('bash', ['-c', command, 'bash', process.execPath, 'dist/bin/inkling.js', ...args], {
    encoding: 'utf8',
  });
}

const canRun = process.platform === 'linux' && limited('--version').status === 0;

test.skipIf(!canRun)('an image is not blamed when address space is limited', async () => {
  const file = join(temporaryFolder(), 'seven.png');
  writeFileSync(file, await encodePng(drawDigit(7, { name: 'plain' }, 7)));
  const { status, stdout, stderr } = limited('predict', file);
  if (status === 0) expect(stdout).toContain('seven.png: 7');
  else {
    expect(status).toBe(1);
    expect(stderr).toContain('not enough memory');
    expect(stderr).not.toMatch(/damaged|too large|too complex/);
  }
});
