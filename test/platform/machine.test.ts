import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isProcessRunning, processStart } from '#inkling/platform/machine.js';

test('the start of a process distinguishes it from others with the same ID', async () => {
  const others = [1, 2].map(() => spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']));
  await Promise.all(others.map((other) => once(other, 'spawn')));
  const starts = [process.pid, ...others.map(({ pid = 0 }) => pid)].map(processStart);
  if (process.platform === 'linux') {
    expect(starts[0]).toMatch(/^[-0-9a-f]{36} \d+$/);
    expect(starts[1]).not.toBe(starts[0]);
  }
  expect(processStart(process.pid)).toBe(starts[0]);
  for (const other of others) {
    other.kill('SIGKILL');
    await once(other, 'exit');
    expect(isProcessRunning(other.pid ?? 0)).toBe(false);
    expect(processStart(other.pid ?? 0)).toBeUndefined();
  }
});
