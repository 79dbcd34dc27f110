import { expect, test } from 'vitest';
import { catalog } from '#inkling/data/catalog/catalog.js';

test.each(catalog)(
  'the entry of $name is complete',
  ({ name, subfolders, mirrors, archive, files, classes }) => {
    expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(subfolders).toContain(name);
    for (const file of files) {
      expect(file.bytes).toBeGreaterThan(0);
      if (archive === undefined) {
        const { sha256, packedMd5 } = file;
        expect([sha256, packedMd5].filter((hash) => hash !== undefined)).toHaveLength(1);
        if (sha256 !== undefined) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
        else expect(packedMd5).toMatch(/^[0-9a-f]{32}$/);
      }
    }
    const hashes = files.map(({ sha256, packedMd5 }) => sha256 ?? packedMd5);
    if (archive === undefined) expect(new Set(hashes).size).toBe(files.length);
    expect(mirrors.length + (archive?.urls.length ?? 0)).toBeGreaterThan(0);
    for (const mirror of mirrors) expect(mirror).toMatch(/^https?:\/\/.+\/$/);
    expect(new Set(classes).size).toBe(classes.length);
  },
);

test('contains the expected data sets with their numbers of classes', () => {
  expect(Object.fromEntries(catalog.map(({ name, classes }) => [name, classes.length]))).toEqual({
    mnist: 10,
    'fashion-mnist': 10,
    kmnist: 10,
    'emnist-balanced': 47,
    'emnist-letters': 26,
    'emnist-digits': 10,
    qmnist: 10,
    'cifar-10': 10,
  });
});

test('files with ambiguous names must be in a folder named after the data set', () => {
  for (const { name, subfolders, files } of catalog) {
    const isShared = catalog.some(
      (other) => other.name !== name && other.files.some((file) => file.name === files[0].name),
    );
    const isIdentifiable = files.every(({ sha256 }) => sha256 !== undefined);
    if (isShared && !isIdentifiable) expect(subfolders).not.toContain('');
  }
});
