/** An entry of a tar archive to make. */
export interface TarEntry {
  readonly name: string;
  readonly content?: Uint8Array;
  /** `0`: file, `5`: folder, `2`: symbolic link, `L`: GNU long name, `x`: pax extended header. */
  readonly type?: string;
  readonly prefix?: string;
  /** The size field, instead of the size of the content in octal digits. */
  readonly size?: string | Uint8Array;
}

/** The bytes of a ustar archive, written from the format's description. */
export function makeTar(entries: readonly TarEntry[]): Uint8Array {
  return new Uint8Array(Buffer.concat([...entries.flatMap(blocksOf), Buffer.alloc(1024)]));
}

/** The header and the content of an entry. */
export function blocksOf({
  name,
  content = new Uint8Array(),
  type = '0',
  prefix = '',
  size = `${content.length.toString(8).padStart(11, '0')}\0`,
}: TarEntry): Uint8Array[] {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.set(Buffer.from(size), 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257, 'latin1');
  header.write(prefix, 345, 155);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
}

/** A pax record, whose length includes the length field. */
export function paxRecord(key: string, value: string): Uint8Array {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  const length = bytes + String(bytes + String(bytes).length).length;
  return Buffer.from(`${length}${rest}`);
}

/** Two files and a folder, with a name in a pax record; the second file has two blocks. */
export const smallTar = Uint8Array.from(
  makeTar([
    { name: 'a/', type: '5' },
    { name: 'a/one', content: new TextEncoder().encode('one') },
    { name: 'x', type: 'x', content: paxRecord('path', 'b/größe') },
    { name: 'b/two', content: new TextEncoder().encode('x'.repeat(600)) },
  ]),
);
