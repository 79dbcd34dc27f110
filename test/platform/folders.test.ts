import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { kindOf } from '#inkling/platform/files.js';
import { createNumberedFolder, makeFolder } from '#inkling/platform/folders.js';
import { temporaryFolder } from '../data/tinySet.js';

describe('makeFolder and createNumberedFolder', () => {
  test('creates parent folders, and accepts an existing folder', () => {
    const folder = join(temporaryFolder(), 'a/b');
    makeFolder(folder);
    makeFolder(folder);
    expect(kindOf(folder)).toBe('folder');
  });

  test('reports why a folder cannot be created, not that its parent is missing', ({ skip }) => {
    if (process.platform !== 'linux') skip('there is no /sys');
    expect(() => {
      makeFolder('/sys/inkling/runs');
    }).toThrow(
      /^cannot create \/sys\/inkling: (the disk is read-only|permission denied|operation not permitted);/,
    );
  });

  test('uses the next free number, whether folders or files exist', () => {
    const parent = join(temporaryFolder(), 'runs');
    expect(createNumberedFolder(parent, 'cnn')).toBe(join(parent, 'cnn-1'));
    expect(createNumberedFolder(parent, 'cnn')).toBe(join(parent, 'cnn-2'));
    writeFileSync(join(parent, 'cnn-3'), '');
    expect(createNumberedFolder(parent, 'cnn')).toBe(join(parent, 'cnn-4'));
    expect(createNumberedFolder(parent, 'mlp')).toBe(join(parent, 'mlp-1'));
    expect(readdirSync(parent)).toEqual(['cnn-1', 'cnn-2', 'cnn-3', 'cnn-4', 'mlp-1']);
  });

  test('rejects a parent that is a file and a name that is a path', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(() => createNumberedFolder(join(folder, 'file'), 'cnn')).toThrow(
      `cannot create ${join(folder, 'file')}: a file with that name already exists; move it or choose another location`,
    );
    expect(() => createNumberedFolder(join(folder, 'file/runs'), 'cnn')).toThrow(
      `cannot create ${join(folder, 'file')}: a file with that name already exists`,
    );
    for (const name of ['', '../cnn', 'a/b']) {
      expect(() => createNumberedFolder(folder, name)).toThrow(
        new InklingError(`cannot create a folder named "${name}": expected a plain name without a path`),
      );
    }
    expect(readdirSync(folder)).toEqual(['file']);
  });
});
