import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { listTar } from '#inkling/data/files/tar.js';
import { makeTar, paxRecord, type TarEntry } from './makeTar.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

function list(archive: Uint8Array) {
  return listTar({ path: '/a.tar', who: 'a.tar', bytes: archive.length }, (offset, bytes) =>
    archive.subarray(offset, offset + bytes),
  );
}

/** The contents of the listed files, by name. */
function contents(archive: Uint8Array): Record<string, string> {
  return Object.fromEntries(
    list(archive).files.map(({ name, offset, bytes }) => [
      name,
      new TextDecoder().decode(archive.subarray(offset, offset + bytes)),
    ]),
  );
}

test('lists files, sorted by name, and folders', () => {
  const archive = makeTar([
    { name: './', type: '5' },
    { name: './b/', type: '5' },
    { name: './b/two.txt', content: bytesOf('two') },
    { name: 'a/one.txt', content: bytesOf('x'.repeat(600)) },
    { name: 'a/._one.txt', content: bytesOf('left by a Mac') },
  ]);
  expect(contents(archive)).toEqual({ 'a/one.txt': 'x'.repeat(600), 'b/two.txt': 'two' });
  expect(list(archive).files.map(({ name }) => name)).toEqual(['a/one.txt', 'b/two.txt']);
  expect(list(archive).folders).toEqual(['b']);
});

test('reads long and non-ASCII names in each format', () => {
  const long = `${'folder/'.repeat(30)}größe.txt`;
  const content = bytesOf('here');
  const cut: TarEntry = { name: long.slice(0, 90), content };
  for (const entries of [
    [{ name: '././@LongLink', type: 'L', content: bytesOf(`${long}\0`) }, cut],
    [{ name: 'PaxHeaders/x', type: 'x', content: paxRecord('path', long) }, cut],
    [{ name: 'größe.txt', prefix: 'folder/'.repeat(30).slice(0, 62), content }],
  ]) {
    const [[name, found], ...others] = Object.entries(contents(makeTar(entries)));
    expect(name).toMatch(/^folder\/.*größe\.txt$/);
    expect(found).toBe('here');
    expect(others).toEqual([]);
  }
});

test('applies an extension header only to the next file', () => {
  const archive = makeTar([
    { name: 'x', type: 'x', content: paxRecord('path', 'a/renamed') },
    { name: 'a/one' },
    { name: 'a/two' },
  ]);
  expect(Object.keys(contents(archive))).toEqual(['a/renamed', 'a/two']);
});

test('reports links as unreadable', () => {
  const [file] = list(makeTar([{ name: 'a/link', type: '2' }])).files;
  expect(file.problem).toBe('a link; pack the image file itself');
});

test.each([
  [
    '/etc/passwd',
    'a.tar: contains the path "/etc/passwd", which lies outside the archive; pack it again from within its folder',
  ],
  [
    'a/../../b',
    'a.tar: contains the path "a/../../b", which lies outside the archive; pack it again from within its folder',
  ],
])('rejects the path %s', (name, problem) => {
  expect(() => list(makeTar([{ name }]))).toThrow(new InklingError(problem));
});

test('rejects duplicate names', () => {
  const archive = makeTar([{ name: 'a/b' }, { name: './a/b' }]);
  expect(() => list(archive)).toThrow(
    new InklingError('a.tar: contains "a/b" more than once; pack it again'),
  );
});

test('rejects files that are not archives, damaged or truncated', () => {
  expect(() => list(bytesOf('<html>'))).toThrow(
    new InklingError('a.tar: is not a tar archive; pack it again with tar -cf'),
  );
  const archive = makeTar([
    { name: 'a', content: bytesOf('a') },
    { name: 'b', content: bytesOf('b') },
  ]);
  const damaged = archive.slice();
  damaged[1024 + 3] ^= 1;
  expect(() => list(damaged)).toThrow(
    new InklingError('a.tar: is damaged at byte 1024; pack it again with tar -cf'),
  );
  expect(() => list(archive.slice(0, 1536))).toThrow(
    new InklingError('a.tar: is truncated at byte 1536; get a complete copy'),
  );
});
