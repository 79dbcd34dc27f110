/** An entry of a tar archive to make. */
export interface TarEntry {
  readonly name: string;
  readonly content?: Uint8Array;
  /** `0` a file, `5` a folder, `2` a symbolic link, `L` a long name of GNU, `x` records of pax. */
  readonly type?: string;
  readonly prefix?: string;
}

/** The bytes of a ustar archive, written from the format's description. */
export function makeTar(entries: readonly TarEntry[]): Uint8Array {
  return new Uint8Array(Buffer.concat([...entries.flatMap(blocksOf), Buffer.alloc(1024)]));
}

function blocksOf({ name, content = new Uint8Array(), type = '0', prefix = '' }: TarEntry): Uint8Array[] {
  const head = Buffer.alloc(512);
  head.write(name, 0, 100);
  head.write('0000644\0', 100);
  head.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  head.write('        ', 148);
  head.write(type, 156);
  head.write('ustar\x0000', 257, 'latin1');
  head.write(prefix, 345, 155);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return [head, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
}

/** One record of pax, whose length counts itself. */
export function paxRecord(key: string, value: string): Uint8Array {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  const length = bytes + String(bytes + String(bytes).length).length;
  return Buffer.from(`${length}${rest}`);
}
