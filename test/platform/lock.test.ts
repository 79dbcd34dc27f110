import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { setFileOperationHook } from '#inkling/platform/fileOperations.js';
import { isLock, lockOwner, releaseAbandonedLock, takeLock } from '#inkling/platform/lock.js';
import { processStart } from '#inkling/platform/machine.js';
import { temporaryFolder } from '../data/tinySet.js';

/** The ID of a process that has ended. */
const { pid: ended } = spawnSync(process.execPath, ['--version']);

function take(path: string) {
  const taken = takeLock(path);
  if (!isLock(taken)) throw new Error(`owned by ${taken.processId}`);
  return taken;
}

test('has one owner until it is released', () => {
  const path = join(temporaryFolder(), 'lock');
  expect(lockOwner(path)).toBeUndefined();
  const lock = take(path);
  expect(lockOwner(path)).toEqual({ processId: process.pid });
  expect(takeLock(path)).toEqual({ processId: process.pid });
  const samePath = relative(process.cwd(), path);
  releaseAbandonedLock(samePath);
  expect(takeLock(samePath)).toEqual({ processId: process.pid });
  lock.release();
  expect(existsSync(path)).toBe(false);
  const next = take(path);
  lock.release();
  expect(takeLock(path)).toEqual({ processId: process.pid });
  next.release();
});

test.each([
  ['has ended', `${ended}\n\n`],
  [
    'has ended, and whose ID another one has',
    `${process.ppid}\n${processStart(process.pid) ?? ''} earlier\n0\n1\n`,
  ],
  ['is this one, which does not own it', `${process.pid}\n${processStart(process.pid) ?? ''}\n0\n1\n`],
  ['wrote something else', 'x'],
])('is taken over from a process that %s', (_what, content) => {
  const folder = temporaryFolder();
  const path = join(folder, 'lock');
  writeFileSync(path, content);
  expect(lockOwner(path)).toBeUndefined();
  const lock = take(path);
  expect(readFileSync(path, 'utf8')).not.toBe(content);
  expect(readdirSync(folder)).toEqual(['lock']);
  lock.release();
  writeFileSync(path, content);
  releaseAbandonedLock(path);
  expect(readdirSync(folder)).toEqual([]);
});

test('is not taken from a running process, whose start may be unknown', () => {
  const path = join(temporaryFolder(), 'lock');
  for (const start of [processStart(process.ppid) ?? '', '']) {
    writeFileSync(path, `${process.ppid}\n${start}\n`);
    expect(takeLock(path)).toEqual({ processId: process.ppid });
    releaseAbandonedLock(path);
    expect(existsSync(path)).toBe(true);
  }
});

test('can be taken after a kill at any point of taking over and releasing it', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'lock');
  let operations = Infinity;
  for (let killedAt = 0; killedAt < operations; killedAt++) {
    writeFileSync(path, `${ended}\n\n`);
    let count = 0;
    setFileOperationHook(() => {
      if (count++ >= killedAt) throw new Error('killed');
      return undefined;
    });
    try {
      take(path).release();
      operations = killedAt;
    } catch (error) {
      expect((error as Error).message).toContain('killed');
    }
    setFileOperationHook(undefined);
    const lock = take(path);
    releaseAbandonedLock(path);
    expect(readdirSync(folder).filter((name) => name.startsWith('lock'))).toEqual(['lock']);
    lock.release();
  }
  expect(operations).toBeGreaterThan(8);
});

test.each([
  ['', 'EPERM'],
  [`${ended}\n\n`, 'ENOTSUP'],
])('works where files cannot have two names', (content, code) => {
  const path = join(temporaryFolder(), 'lock');
  if (content !== '') writeFileSync(path, content);
  setFileOperationHook(({ kind }) => {
    if (kind === 'link') throw Object.assign(new Error(code), { code });
    return undefined;
  });
  try {
    const lock = take(path);
    expect(isLock(takeLock(path))).toBe(false);
    lock.release();
  } finally {
    setFileOperationHook(undefined);
  }
});

test('of many processes that take over an abandoned lock, exactly one at a time owns it', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'lock');
  writeFileSync(path, `${ended}\n\n`);
  const program = `
    import { mkdirSync, rmdirSync } from 'node:fs';
    import { isLock, takeLock } from ${JSON.stringify(import.meta.resolve('#inkling/platform/lock.js'))};
    const [path] = process.argv.slice(1);
    for (let count = 0; count < 30;) {
      const lock = takeLock(path);
      if (!isLock(lock)) continue;
      // Fails if another process owns the lock as well.
      mkdirSync(path + '-owned');
      rmdirSync(path + '-owned');
      count += 1;
      // An owner that does not release the lock and ends.
      if (count < 30) lock.release();
    }`;
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', program, path], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0] as unknown));
  expect(codes).toEqual([0, 0, 0, 0]);
});

test('can be asked for while its owners create and remove it', async () => {
  const path = join(temporaryFolder(), 'lock');
  const program = `
    import { linkSync, unlinkSync, writeFileSync } from 'node:fs';
    const [path] = process.argv.slice(1);
    writeFileSync(path + '-content', '1\\n\\n');
    for (const end = Date.now() + 1000; Date.now() < end;) {
      linkSync(path + '-content', path);
      unlinkSync(path);
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, path], { stdio: 'inherit' });
  let isRunning = true;
  const exited = once(child, 'exit').then(() => (isRunning = false));
  const found = new Set<number | undefined>();
  while (isRunning) {
    for (let count = 0; count < 100; count++) found.add(lockOwner(path)?.processId);
    await setImmediate();
  }
  await exited;
  expect(found).toEqual(new Set([undefined, 1]));
});
