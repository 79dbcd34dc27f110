import { chmodSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { InklingError, MachineError } from '#inkling/core/errors.js';
import { setFileOperationHook } from '#inkling/platform/fileOperations.js';
import { appendLine, kindOf, readBytes, writeFileAtomic } from '#inkling/platform/files.js';
import { temporaryFolder } from '../data/tinySet.js';

afterEach(() => {
  setFileOperationHook(undefined);
});

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: from the system`), { code });
}

describe('writeFileAtomic', () => {
  test('writes text and bytes to new and existing files, and leaves no other files', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'file');
    writeFileAtomic(path, 'first and longer');
    writeFileAtomic(path, 'Ω');
    expect(readFileSync(path, 'utf8')).toBe('Ω');
    writeFileAtomic(path, Uint8Array.from([0, 255, 10]));
    expect([...readFileSync(path)]).toEqual([0, 255, 10]);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test.each([
    ['ENOSPC', MachineError, 'the disk is full; free some space or choose another location'],
    ['EACCES', InklingError, 'permission denied; check its permissions or choose another location'],
    ['EROFS', MachineError, 'the disk is read-only; choose another location'],
    ['ESTRANGE', InklingError, 'ESTRANGE: from the system'],
  ])('keeps the old file and removes the temporary one on %s', (code, Failure, explanation) => {
    const folder = temporaryFolder();
    const path = join(folder, 'file');
    writeFileAtomic(path, 'old');
    for (const step of ['create', 'write', 'sync', 'rename'] as const) {
      const failure = systemError(code);
      setFileOperationHook(({ kind }) => {
        if (kind === step) throw failure;
        return undefined;
      });
      expect(() => {
        writeFileAtomic(path, 'new');
      }).toThrow(new Failure(`cannot write ${path}: ${explanation}`, { cause: failure }));
    }
    expect(readdirSync(folder)).toEqual(['file']);
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  test('names the path that cannot be written', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'folder'));
    const cases = [
      ['file/below', 'a part of the path is a file, not a folder; choose another location'],
      ['folder', 'it is a folder, not a file; move it or choose another name'],
      ['nowhere/file', 'no such file or folder; check the path'],
      ['n'.repeat(300), 'the name is too long; choose a shorter one'],
    ];
    for (const [name, explanation] of cases) {
      const path = join(folder, name);
      expect(() => {
        writeFileAtomic(path, 'new');
      }).toThrow(`cannot write ${path}: ${explanation}`);
    }
    expect(readdirSync(folder)).toEqual(['file', 'folder']);
  });
});

describe('readBytes', () => {
  test('reads files up to the limit and rejects larger ones', () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, Uint8Array.from([1, 2, 3]));
    expect([...readBytes(path, 3)]).toEqual([1, 2, 3]);
    expect(() => readBytes(path, 2)).toThrow(
      new InklingError(
        `cannot read ${path}: it has 3 bytes, expected at most 2; check that it is the right file`,
      ),
    );
  });

  test('names the path that cannot be read', () => {
    const folder = temporaryFolder();
    expect(() => readBytes(folder, 1e6)).toThrow(`cannot read ${folder}: it is a folder, not a file;`);
    expect(() => readBytes(join(folder, 'x'), 1e6)).toThrow(
      `cannot read ${join(folder, 'x')}: no such file or folder;`,
    );
  });
});

describe('kindOf', () => {
  test('distinguishes files and folders, following symbolic links, from anything else', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    symlinkSync(join(folder, 'file'), join(folder, 'link'));
    symlinkSync(join(folder, 'loop'), join(folder, 'loop'));
    const kinds = ['', 'file', 'link', 'loop', 'nothing', 'file/below'].map((name) =>
      kindOf(join(folder, name)),
    );
    expect(kinds).toEqual(['folder', 'file', 'file', 'none', 'none', 'none']);
  });

  test('reports when access is denied', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o000);
    const kind = asNobody(() => kindOf(join(folder, 'file')));
    chmodSync(folder, 0o700);
    expect(kind).toBe('denied');
  });
});

/** Runs a task without root privileges, since root can access every folder. */
function asNobody<T>(task: () => T): T {
  if (process.geteuid?.() !== 0) return task();
  process.seteuid?.(65534);
  try {
    return task();
  } finally {
    process.seteuid?.(0);
  }
}

describe('appendLine', () => {
  test('appends to a new or existing file', () => {
    const path = join(temporaryFolder(), 'log');
    appendLine(path, 'one');
    appendLine(path, 'two');
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
  });

  test('reports when the disk is full', ({ skip }) => {
    if (process.platform !== 'linux') skip('there is no /dev/full');
    expect(() => {
      appendLine('/dev/full', 'line');
    }).toThrow('cannot write /dev/full: the disk is full; free some space or choose another location');
  });
});
