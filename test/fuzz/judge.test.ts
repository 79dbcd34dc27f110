import { expect, test } from 'vitest';
import { InklingError, MachineError } from '#inkling/core/errors.js';
import { inputOf, judge, openCorpus } from '../../fuzz/judge.js';
import type { Target } from '../../fuzz/target.js';

/** A format with a checksum: the last byte is the sum of the others. */
function targetOf(read: Target['read']): Target {
  return {
    name: 'sum',
    seeds: () =>
      Promise.resolve([
        { name: 'a', bytes: Uint8Array.of(1, 2, 3, 6) },
        { name: 'b', bytes: Uint8Array.of(9, 9) },
      ]),
    read,
    protects: ({ isOneByte }) => isOneByte,
  };
}

function readChecked(bytes: Uint8Array): string {
  const content = bytes.subarray(0, -1);
  const sum = content.reduce((total, byte) => (total + byte) % 256, 0);
  if (bytes.at(-1) !== sum) throw new InklingError('damaged');
  return content.join(' ');
}

async function judgeAll(read: Target['read'], count = 300) {
  const corpus = await openCorpus(targetOf(readChecked));
  const findings = [];
  for (let index = 0; index < count; index++) {
    const { finding } = await judge({ ...corpus, target: targetOf(read) }, inputOf(corpus, 1, index), index);
    if (finding !== undefined) findings.push(finding);
  }
  return findings;
}

test('inputs depend only on the seeds, the seed, and their number', async () => {
  const corpus = await openCorpus(targetOf(readChecked));
  const inputs = (seed: number) => Array.from({ length: 50 }, (_, index) => inputOf(corpus, seed, index));
  expect(inputs(1)).toEqual(inputs(1));
  expect(inputs(1)).not.toEqual(inputs(2));
  expect(inputs(1).some(({ isTruncated }) => isTruncated)).toBe(true);
  expect(new Set(inputs(1).map(({ bytes }) => bytes.join(' '))).size).toBeGreaterThan(30);
});

test('finds nothing in code that verifies the checksum', async () => {
  expect(await judgeAll(readChecked)).toEqual([]);
});

test('finds damage that is accepted', async () => {
  const findings = await judgeAll((bytes) => bytes.subarray(0, -1).join(' '));
  expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(['wrong accept']));
});

test('finds errors that are not typed, and missing memory', async () => {
  const fail = (error: Error) => () => {
    throw error;
  };
  expect((await judgeAll(fail(new TypeError('x')), 3)).map(({ kind }) => kind)).toEqual(
    new Array(3).fill('untyped error'),
  );
  expect((await judgeAll(fail(new MachineError('x')), 3)).map(({ kind }) => kind)).toEqual(
    new Array(3).fill('memory'),
  );
  expect(await judgeAll(fail(new InklingError('x')), 3)).toEqual([]);
});

test('rejects a target that rejects its seeds', async () => {
  await expect(
    openCorpus(
      targetOf(() => {
        throw new InklingError('no');
      }),
    ),
  ).rejects.toThrow('sum: the seed "a" is rejected: no');
});
