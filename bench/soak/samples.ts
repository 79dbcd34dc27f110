import { deflateSync } from 'node:zlib';
import { crc32 } from '#inkling/core/checksum.js';

/** A gray PNG of any size, all of one level except for a dark vertical line in the middle. */
export function linePng(size: number): Buffer {
  const row = Buffer.alloc(1 + size, 255);
  row[0] = 0;
  row.fill(0, 1 + Math.floor(size * 0.46), 1 + Math.ceil(size * 0.54));
  const blank = Buffer.alloc(1 + size, 255);
  blank[0] = 0;
  const rows = Array.from({ length: size }, (_, y) => (y > size / 8 && y < (7 * size) / 8 ? row : blank));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A GIF with a code that is used before it is defined, which kept an earlier decoder busy forever. */
export const ENDLESS_GIF = Buffer.from(
  `R0lGODlhMAAoAIEAAP///wAAAICAgP8AACwAAAAAMAAoAAACihRgeMl7EWNwqjZLr34S5o+FW9h5IjimVDmdruqy6PzSco3Dya3T
PcDzCXHB3HBU/ClXpaMz1jRKkdHllNl5Wi9J7bN7lYK3w7GXWD1bzWEYmwzNts9vNag+J6XzPzycu/dXFmiHJicoRshno4hIdVjY
1xh5N7moB3npZumIJUGZmNkZ96k5KDpUAAA7`,
  'base64',
);

/** An SVG with filters that take minutes to render. */
export const SLOW_SVG = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512">' +
    '<filter id="f" width="1" height="1"><feTurbulence baseFrequency="0.9" numOctaves="10"/></filter>' +
    `${'<rect width="512" height="512" filter="url(#f)"/>'.repeat(500)}</svg>`,
);
