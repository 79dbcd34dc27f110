import utif from 'utif2';
import * as z from 'zod';

/** The longest code word of CCITT's encodings has 13 bits; an end of line is preceded by up to 7 zeros. */
const MAX_WORD_BITS = 40;
/** A line of the widest fax has 2432 pixels; other images are encoded like a fax as well. */
const MAX_LINE_PIXELS = 65_536;

const internalsSchema = z.object({
  /** The lengths of white and of black runs by code word. */
  _lens: z.tuple([z.record(z.string(), z.number()), z.record(z.string(), z.number())]),
  /** Vertical offsets by code word. */
  _dmap: z.record(z.string(), z.number()),
});

/** On damaged data, the library extends the code word or the line without end. */
const { _lens, _dmap } = internalsSchema.parse(Object.assign({}, utif.decode));
Object.assign(utif.decode, { _lens: _lens.map(limitWords), _dmap: limitWords(_dmap), _addNtimes: addPixels });

function limitWords(table: Readonly<Record<string, number>>): object {
  return new Proxy(table, {
    get(words, word) {
      if (typeof word === 'symbol') return undefined;
      if (word.length > MAX_WORD_BITS) throw new Error('damaged code word');
      return words[word];
    },
  });
}

function addPixels(line: number[], count: number, color: number): void {
  if (line.length + count > MAX_LINE_PIXELS) throw new Error('damaged line');
  for (let i = 0; i < count; i++) line.push(color);
}

/** How lines are encoded, as in the tags. */
export interface FaxOptions {
  /** 2, 3 or 4. */
  readonly compression: number;
  readonly options: number;
  readonly fillOrder: number;
}

/** Decodes black and white lines; the result has eight pixels per byte. */
export function decodeFax(
  data: Uint8Array,
  { compression, options, fillOrder }: FaxOptions,
  width: number,
  height: number,
): Uint8Array {
  if (width > MAX_LINE_PIXELS) throw new Error('the lines are too long');
  const page = {
    t256: [width],
    t257: [height],
    t258: [1],
    t259: [compression],
    t262: [0],
    t266: [fillOrder],
    t273: [0],
    t278: [height],
    t279: [data.length],
    t292: [options],
    data: undefined as unknown as Uint8Array,
    width,
    height,
  };
  utif.decodeImage(data.slice().buffer, page);
  return page.data;
}
