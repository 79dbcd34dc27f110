import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import type { Listing } from '#inkling/data/files/listing.js';
import { listTarBytes, listTarFile, TarStream } from '#inkling/data/files/tarReaders.js';
import { blocksOf, makeTar, paxRecord, smallTar, type TarEntry } from './makeTar.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

const list = (archive: Uint8Array): Listing => listTarBytes(archive, 'a.tar');

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
    new InklingError(
      'a.tar: is damaged at byte 1024: the checksum of a header is wrong; pack it again with tar -cf',
    ),
  );
  expect(() => list(archive.slice(0, 1536))).toThrow(
    new InklingError(
      'a.tar: is truncated: it ends before byte 2560 and without an end marker; get a complete copy',
    ),
  );
});

test('gives the same listing in parts of any size, and from a file', async () => {
  const expected = list(smallTar);
  for (const size of [1, 7, 512, 1000]) {
    const stream = new TarStream({ path: 'a.tar', who: 'a.tar' });
    for (let at = 0; at < smallTar.length; at += size) stream.push(smallTar.subarray(at, at + size));
    expect(stream.finish()).toEqual(expected);
  }
  const folder = mkdtempSync(join(tmpdir(), 'inkling-tar-'));
  const path = join(folder, 'a.tar');
  writeFileSync(path, smallTar);
  const { files } = await listTarFile({ path, who: 'a.tar' });
  expect(files).toEqual(expected.files.map((file) => ({ ...file, path })));
  await expect(listTarFile({ path: join(folder, 'none'), who: 'a.tar' })).rejects.toThrow(
    new InklingError('cannot read a.tar: no such file or folder; check the path'),
  );
  rmSync(folder, { recursive: true });
});

test('rejects a stream after its first block if that is not the header of an archive', () => {
  const stream = new TarStream({ path: 'a.tar', who: 'a.tar' });
  expect(() => {
    stream.push(new Uint8Array(512).fill(65));
  }).toThrow(new InklingError('a.tar: is not a tar archive; pack it again with tar -cf'));
});

const pax = (key: string, value: string): TarEntry => ({
  name: 'pax',
  type: 'x',
  content: paxRecord(key, value),
});
const file: TarEntry = { name: 'a/one', content: bytesOf('one') };
const damagedAt = (position: number, what: string) =>
  `a.tar: is damaged at byte ${position}: ${what}; pack it again with tar -cf`;

test.each<[string, readonly TarEntry[], string]>([
  ['a negative size', [pax('size', '-512'), file], damagedAt(0, 'expected a size in bytes, got "-512"')],
  [
    'a size that is not a number',
    [pax('size', 'abc'), file],
    damagedAt(0, 'expected a size in bytes, got "abc"'),
  ],
  ['a fractional size', [pax('size', '1e1'), file], damagedAt(0, 'expected a size in bytes, got "1e1"')],
  ['an empty size', [pax('size', ''), file], damagedAt(0, 'expected a size in bytes, got ""')],
  [
    'a size that overflows',
    [pax('size', '9'.repeat(20)), file],
    damagedAt(0, `expected a size in bytes, got "${'9'.repeat(20)}"`),
  ],
  [
    'a header whose size is blank',
    [{ ...file, size: ' '.repeat(12) }],
    damagedAt(0, 'the size of an entry is not a number of bytes'),
  ],
  [
    'a header whose size is text',
    [{ ...file, size: '0000000008\0' }],
    damagedAt(0, 'the size of an entry is not a number of bytes'),
  ],
  [
    'a header with a negative size',
    [{ ...file, size: new Uint8Array(12).fill(255) }],
    damagedAt(0, 'the size of an entry is not a number of bytes'),
  ],
  [
    'a header whose size overflows',
    [{ ...file, size: new Uint8Array(12).fill(255, 1).fill(128, 0, 1) }],
    damagedAt(0, 'the size of an entry is not a number of bytes'),
  ],
  [
    'a pax record without a length',
    [{ ...pax('a', 'b'), content: bytesOf('abc') }, file],
    damagedAt(0, 'a pax record is malformed'),
  ],
  [
    'a pax record that is too long',
    [{ ...pax('a', 'b'), content: bytesOf('99 a=b\n') }, file],
    damagedAt(0, 'a pax record is malformed'),
  ],
  [
    'a pax record of length 0',
    [{ ...pax('a', 'b'), content: bytesOf('0 a=b\n') }, file],
    damagedAt(0, 'a pax record is malformed'),
  ],
  [
    'an empty extended header',
    [{ name: 'L', type: 'L' }, file],
    damagedAt(0, 'an extended header has 0 bytes'),
  ],
  [
    'a huge extended header',
    [{ name: 'L', type: 'L', size: '00010000000\0' }, file],
    damagedAt(0, 'an extended header has 2097152 bytes'),
  ],
  [
    'an extended header without an entry',
    [file, pax('path', 'b')],
    damagedAt(2048, 'the last entry is missing'),
  ],
  [
    'a sparse file',
    [pax('GNU.sparse.major', '1'), file],
    'a.tar: contains the sparse file "a/one"; pack it again without --sparse',
  ],
  [
    'a sparse file of old GNU tar',
    [{ ...file, type: 'S' }],
    'a.tar: contains the sparse file "a/one"; pack it again without --sparse',
  ],
])('rejects %s', (_, entries, message) => {
  expect(() => list(makeTar(entries))).toThrow(new InklingError(message));
});

test('rejects an archive that is followed by another one, or by anything else', () => {
  const message = 'a.tar: contains more data after its end marker at byte 1024; pack it again with tar -cf';
  const one = makeTar([file]);
  expect(() => list(Uint8Array.from([...one, ...one]))).toThrow(new InklingError(message));
  expect(() => list(Uint8Array.from([...one, 1]))).toThrow(new InklingError(message));
  expect(() => list(Uint8Array.from([...one, ...new Uint8Array(2 ** 20)]))).toThrow(
    new InklingError(message),
  );
  expect(list(Uint8Array.from([...one, ...new Uint8Array(9000)])).files).toHaveLength(1);
});

test('reads a size in binary, a signed checksum, and folders of archives without types', () => {
  const size = Uint8Array.from([0x80, ...new Uint8Array(10), 3]);
  expect(contents(makeTar([{ ...file, size }]))).toEqual({ 'a/one': 'one' });
  const [header] = blocksOf({ name: 'größe' });
  const signed = header.reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 32 : (byte << 24) >> 24), 0);
  Buffer.from(header.buffer, header.byteOffset).write(`${signed.toString(8).padStart(6, '0')}\0 `, 148);
  expect(list(Uint8Array.from([...header, ...new Uint8Array(1024)])).files[0].name).toBe('größe');
  expect(list(makeTar([{ name: 'a/', type: '\0' }, file])).folders).toEqual(['a']);
});
