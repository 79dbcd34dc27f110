import { deflateSync } from 'node:zlib';

type Bytes = Uint8Array<ArrayBuffer>;

/** 16 pixels wide and 12 high: the left half is red, the right half is blue. Written by Pillow 13 and pillow-heif 1.8. */
export const twoColors: Readonly<Record<string, Bytes>> = {
  AVIF: fromBase64(
    'AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAAKgAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAAEAAAAAwAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1hAAAAAAAAAAEAAQQBAoMEAAAAMm1kYXQSAAoJGAz+2iAhoNCAMhtEgf39qkAggg+QAACiS+5fB2hVVfztNWFZsEw=',
  ),
  HEIC: fromBase64(
    'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAXxtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAABoAABAAAAAAAAAFMAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/GlwcnAAAADcaXBjbwAAAHVodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQApQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqrprm4CGgwIAAAAyAAAADAIRiAAEABkQBwXPBiQAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAAQAAAAChjbGFwAAAAEAAAAAEAAAAMAAAAAf///9AAAAAC////zAAAAAIAAAAQcGl4aQAAAAADCAgIAAAAGGlwbWEAAAAAAAAAAQABBYECAwWEAAAAW21kYXQAAABPKAGvBPIXzmR0OMK36f6f/ZP7/wG4j/kee4//mrUU7xQd+PeA4yegVRRlnZDjJ+DX/JuGSj6AaGKQHj2+bJuXCc5QtCzZ4/HweAxoqqxaWA==',
  ),
  'TIFF (LZW)': fromBase64(
    'SUkqAHAAAACAMgPCiBQSBwWEQeFCgKFpuQ2Hw6IROJRVuQmDRmMRiKRGPR2OxuFyKMyCLSaPSSVQuUS2LSuNSOBy6PyeHTCYTSaTiZSWbTWgRCeTGfUGfyGe0OdUeb0mnUWl0ChySoyipz2qz+AgAAoAAAEDAAEAAAAQAAAAAQEDAAEAAAAMAAAAAgEDAAMAAADuAAAAAwEDAAEAAAAFAAAABgEDAAEAAAACAAAAEQEEAAEAAAAIAAAAFQEDAAEAAAADAAAAFgEDAAEAAAAMAAAAFwEEAAEAAABnAAAAHAEDAAEAAAABAAAAAAAAAAgACAAIAA==',
  ),
  'TIFF (JPEG)': fromBase64(
    'SUkqAEwAAAD/2P/AABEIAAwAEANSEQBHEQBCEQD/2gAMA1IARwBCAAA/AP0gr8d6/J+v5L6+8K/rQr+tCvg+v5L6/kvr7wr+tCv/2QsAAAEDAAEAAAAQAAAAAQEDAAEAAAAMAAAAAgEDAAMAAADWAAAAAwEDAAEAAAAHAAAABgEDAAEAAAACAAAAEQEEAAEAAAAIAAAAFQEDAAEAAAADAAAAFgEDAAEAAAAMAAAAFwEEAAEAAABEAAAAHAEDAAEAAAABAAAAWwEHACEBAADcAAAAAAAAAAgACAAIAP/Y/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwLCgwJCgoK/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9k=',
  ),
};

/** The same size, written by Pillow with CCITT's Group 4: the left half is white, the right half is black. */
export const faxTiff = fromBase64(
  'SUkqABIAAAAmov/////gAgAgCQAAAQMAAQAAABAAAAABAQMAAQAAAAwAAAACAQMAAQAAAAEAAAADAQMAAQAAAAQAAAAGAQMAAQAAAAEAAAARAQQAAQAAAAgAAAAWAQMAAQAAAAwAAAAXAQQAAQAAAAoAAAAcAQMAAQAAAAEAAAAAAAAA',
);

function fromBase64(text: string): Bytes {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

/** A BMP file with a 40-byte header. */
export function makeBmp(options: {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly compression?: number;
  /** Blue, green, red and 0 of each color, or masks. */
  readonly table?: readonly number[];
  readonly rows: readonly number[];
}): Bytes {
  const { width, height, bits, compression = 0, table = [], rows } = options;
  const header = Buffer.alloc(54);
  header.write('BM', 'latin1');
  header.writeUInt32LE(54 + table.length + rows.length, 2);
  header.writeUInt32LE(54 + table.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(compression, 30);
  header.writeUInt32LE(bits <= 8 ? table.length / 4 : 0, 46);
  return new Uint8Array([...header, ...table, ...rows]);
}

/** A TIFF file with one strip, compressed with Deflate. */
export function makeTiff(
  pixels: readonly number[],
  tags: Readonly<Record<number, readonly number[]>>,
  isBigEndian = false,
): Bytes {
  const strip = deflateSync(Uint8Array.from(pixels));
  const entries = Object.entries({ 259: [8], 273: [8], 278: [1000], 279: [strip.length], ...tags })
    .map(([tag, values]) => [Number(tag), values] as const)
    .sort(([a], [b]) => a - b);
  const directory = 8 + strip.length + (strip.length % 2);
  const extra = directory + 2 + 12 * entries.length + 4;
  const file = Buffer.alloc(extra + 4 * entries.reduce((sum, [, values]) => sum + values.length, 0));
  const short = (value: number, at: number) =>
    isBigEndian ? file.writeUInt16BE(value, at) : file.writeUInt16LE(value, at);
  const long = (value: number, at: number) =>
    isBigEndian ? file.writeUInt32BE(value, at) : file.writeUInt32LE(value, at);
  file.write(isBigEndian ? 'MM' : 'II', 'latin1');
  short(42, 2);
  long(directory, 4);
  file.set(strip, 8);
  short(entries.length, directory);
  let end = extra;
  entries.forEach(([tag, values], i) => {
    const entry = directory + 2 + 12 * i;
    short(tag, entry);
    short(4, entry + 2);
    long(values.length, entry + 4);
    const start = values.length === 1 ? entry + 8 : end;
    values.forEach((value, at) => long(value, start + 4 * at));
    if (values.length === 1) return;
    long(end, entry + 8);
    end += 4 * values.length;
  });
  return new Uint8Array(file);
}
