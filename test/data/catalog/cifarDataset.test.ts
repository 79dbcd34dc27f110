import { describe, expect, test } from 'vitest';
import { makeTar } from '../files/makeTar.js';
import { loadFromFolder, smallEntry } from './entries.js';
import { loadedSet } from '../loaded.js';

describe('CIFAR-10', () => {
  /** A record with distinguishable red, green and blue values. */
  const record = (label: number, start: number) =>
    Uint8Array.from([
      label,
      ...Array.from({ length: 3072 }, (_, at) => (start + at * 7 + Math.floor(at / 1024)) % 256),
    ]);

  const archive = (test: Uint8Array) =>
    makeTar([
      ...[1, 2, 3, 4, 5].map((batch) => ({
        name: `cifar-10-batches-bin/data_batch_${batch}.bin`,
        content: record(batch, batch),
      })),
      { name: 'cifar-10-batches-bin/test_batch.bin', content: test },
    ]);

  const entry = () => smallEntry('cifar-10', { files: [{ name: 'cifar-10-binary.tar', bytes: 100_000 }] });

  test('is read from its archive, with interleaved channels', async () => {
    const {
      shape,
      train,
      test: testSet,
    } = await loadFromFolder(entry(), {
      'cifar-10-binary.tar': archive(Buffer.concat([record(9, 50), record(0, 60)])),
    });
    expect(shape).toEqual([32, 32, 3]);
    expect([[...train.labels], [...testSet.labels]]).toEqual([
      [1, 2, 3, 4, 5],
      [9, 0],
    ]);
    const second = record(2, 2);
    for (const at of [0, 1, 777, 1023]) {
      expect([...loadedSet(train).images.subarray(3072 + 3 * at, 3072 + 3 * at + 3)]).toEqual([
        second[1 + at],
        second[1 + 1024 + at],
        second[1 + 2048 + at],
      ]);
    }
  });

  test('is rejected when a file is missing, truncated or has invalid labels', async () => {
    const rejected = (test: Uint8Array) =>
      expect(loadFromFolder(entry(), { 'cifar-10-binary.tar': archive(test) })).rejects;
    await rejected(record(9, 0).slice(1)).toThrow(
      'test_batch.bin: expected records of 3073 bytes, got 3072 bytes in total; get a complete copy',
    );
    await rejected(record(10, 0)).toThrow('test_batch.bin: label 10 of record 0, expected 0 to 9');
    await expect(
      loadFromFolder(entry(), {
        'cifar-10-binary.tar': makeTar([{ name: 'cifar-10-batches-bin/readme.html' }]),
      }),
    ).rejects.toThrow('cifar-10-binary.tar: data_batch_1.bin is missing; get a complete copy');
  });
});
