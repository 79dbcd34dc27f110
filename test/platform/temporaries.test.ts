import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { setFileOperationHook } from '#inkling/platform/fileOperations.js';
import { writeFileAtomic } from '#inkling/platform/files.js';
import { startWorker, type WorkerHandle } from '#inkling/platform/host.js';
import { processStart } from '#inkling/platform/machine.js';
import { claimTemporary, removeAbandoned, removeAbandonedBelow } from '#inkling/platform/temporaries.js';
import { temporaryFolder } from '../data/tinySet.js';

afterEach(() => {
  setFileOperationHook(undefined);
});

/** More than any system's maximum. */
const NO_PROCESS = 99_999_999;
const HASH = /[0-9a-f]{8}/;

/** The name of a temporary file of this process, with some fields replaced. */
function nameOf(changes: { namespace?: string; id?: number; thread?: number; start?: string }): string {
  const folder = temporaryFolder();
  const fields = basename(claimTemporary(folder).path, '.tmp').split('-');
  const { namespace = fields[1], id = fields[2], thread = fields[3], start = fields[4] } = changes;
  return [fields[0], namespace, id, thread, start, fields[5]].join('-') + '.tmp';
}

function startOf(id: number): string {
  const start = processStart(id);
  return start === undefined ? '00000000' : createHash('sha256').update(start).digest('hex').slice(0, 8);
}

test('a temporary file is hidden, and named after its owner', () => {
  const { path } = claimTemporary(temporaryFolder());
  const [prefix, namespace, id, thread, start, random] = basename(path, '.tmp').split('-');
  expect([prefix, id, thread, start]).toEqual(['.inkling', String(process.pid), '0', startOf(process.pid)]);
  expect([namespace, random]).toEqual([expect.stringMatching(HASH), expect.stringMatching(HASH)]);
});

test('files and folders that no running process owns are removed', () => {
  const folder = temporaryFolder();
  const abandoned = [
    nameOf({ id: NO_PROCESS }),
    // Another process had this ID.
    nameOf({ start: 'ffffffff' }),
    nameOf({ id: process.ppid, start: 'ffffffff' }),
    // Claimed by this thread, and released without success.
    nameOf({}),
  ];
  const kept = [
    nameOf({ id: process.ppid, start: startOf(process.ppid) }),
    nameOf({ thread: 7 }),
    nameOf({ id: process.ppid, start: '00000000' }),
    // Of another machine or container.
    nameOf({ namespace: 'ffffffff', id: NO_PROCESS }),
    'notes.tmp',
    '.inkling-notes.tmp',
  ];
  for (const name of [...abandoned, ...kept]) writeFileSync(join(folder, name), name);
  const inUse = claimTemporary(folder).path;
  mkdirSync(inUse);
  expect(readdirSync(folder).sort()).toEqual([...kept, basename(inUse)].sort());

  const [first] = abandoned;
  mkdirSync(join(folder, first, 'folder'), { recursive: true });
  writeFileSync(join(folder, first, 'folder/file'), '');
  removeAbandonedBelow(join(folder, '..'));
  removeAbandoned(join(folder, 'nothing'));
  expect(existsSync(join(folder, first))).toBe(false);
});

test('files of other machines are removed after a day', () => {
  const folder = temporaryFolder();
  const path = join(folder, nameOf({ namespace: 'ffffffff' }));
  writeFileSync(path, '');
  const hours = (count: number) => new Date(Date.now() - count * 3_600_000);
  utimesSync(path, hours(23), hours(23));
  removeAbandoned(folder);
  expect(existsSync(path)).toBe(true);
  utimesSync(path, hours(25), hours(25));
  removeAbandoned(folder);
  expect(existsSync(path)).toBe(false);
});

test('a file that cannot be removed does not hide the error, and is removed by the next write', () => {
  const folder = temporaryFolder();
  const failing = new Set(['rename', 'removeFile']);
  setFileOperationHook(({ kind }) => {
    if (failing.has(kind)) throw Object.assign(new Error(kind), { code: 'EIO' });
    return undefined;
  });
  const write = () => {
    writeFileAtomic(join(folder, 'file'), 'content');
  };
  expect(write).toThrow(`cannot write ${join(folder, 'file')}: input/output error`);
  expect(readdirSync(folder)).toHaveLength(1);
  setFileOperationHook(undefined);
  write();
  expect(readdirSync(folder)).toEqual(['file']);
});

test('the files of a thread are removed after it was terminated', async () => {
  const folder = temporaryFolder();
  const program = join(temporaryFolder(), 'program.mjs');
  writeFileSync(
    program,
    `import { parentPort, threadId } from 'node:worker_threads';
    parentPort.postMessage(threadId);
    parentPort.on('message', () => {});`,
  );
  let worker: WorkerHandle | undefined;
  const thread = await new Promise<unknown>((resolve, reject) => {
    worker = startWorker(pathToFileURL(program), undefined, { onMessage: resolve, onFailure: reject });
  });
  const name = nameOf({ thread: Number(thread) });
  writeFileSync(join(folder, name), '');
  removeAbandoned(folder);
  expect(readdirSync(folder)).toEqual([name]);
  await worker?.terminate();
  removeAbandoned(folder);
  expect(readdirSync(folder)).toEqual([]);
});
