import { expect, test } from 'vitest';
import { InklingError, messageOf } from '#inkling/core/errors.js';
import { checkRecord, encodeRecord } from '#inkling/core/record.js';
import { bitFlips, truncations, undetectedDamage } from '../helpers/damage.js';

const record = {
  name: 'größe "1"',
  epochs: [{ loss: 0.1 + 0.2 }, { loss: -0 }],
  7: null,
  left: undefined,
  0: 1e300,
};

/** Like a reader of records, of which the text has become invalid JSON if it is damaged badly. */
function read(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InklingError(messageOf(error).replaceAll('\n', ' '), { cause: error });
  }
  return checkRecord(value, 'x.json');
}

test.each([undefined, 2])('returns what was encoded, with an indent of %s', (indent) => {
  const text = encodeRecord(record, indent);
  expect(checkRecord(JSON.parse(text), 'x.json')).toEqual(JSON.parse(JSON.stringify(record)));
  expect(text).toMatch(/"checksum": ?"crc32:[0-9a-f]{8}"\n?}$/);
});

test.each([undefined, 2])(
  'detects every flipped bit and every truncation, with an indent of %s',
  async (indent) => {
    const bytes = Uint8Array.from(new TextEncoder().encode(encodeRecord(record, indent)));
    // With a wrong name, the checksum is another property, which readers reject or ignore.
    const name = Buffer.from(bytes).lastIndexOf('checksum');
    const isIncluded = (at: number) => at < name || at >= name + 'checksum'.length;
    expect(await undetectedDamage(bytes, bitFlips(bytes, isIncluded), read)).toEqual([]);
    expect(await undetectedDamage(bytes, truncations(bytes), read)).toEqual([]);
  },
);

test('reads records without a checksum, and values that are not objects', () => {
  for (const value of [{ a: 1 }, null, 3, 'checksum', [1]])
    expect(checkRecord(value, 'x.json')).toEqual(value);
});

test('states what to do about a record that was changed', () => {
  expect(() => checkRecord({ ...record, checksum: 'crc32:00000000' }, 'x.json')).toThrow(
    /^x\.json: damaged: expected the checksum "crc32:00000000", got "crc32:\w{8}"; get a clean copy, or, if you have edited the file, remove "checksum" from it$/,
  );
});
