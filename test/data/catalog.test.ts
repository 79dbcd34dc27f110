import { expect, test } from 'vitest';
import { catalog, idxFileNames } from '#inkling/data/catalog.js';

test.each(catalog)(
  'the entry of $name is complete',
  ({ name, torchvisionFolder, mirrors, files, classes }) => {
    expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(torchvisionFolder).toMatch(/\/raw$/);
    expect(files.map((file) => file.name)).toEqual(idxFileNames);
    for (const file of files) {
      expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(file.bytes).toBeGreaterThan(0);
    }
    for (const mirror of mirrors) expect(mirror).toMatch(/^https?:\/\/.+\/$/);
    expect(new Set(classes).size).toBe(classes.length);
  },
);

test('no two data sets share a name', () => {
  const names = catalog.map((entry) => entry.name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('mnist');
});
