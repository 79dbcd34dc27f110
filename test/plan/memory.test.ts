import { describe, expect, it } from 'vitest';
import { Arena, MemoryError, ZEROS_BYTES } from '#inkling/plan/arena.js';
import { TensorMemory } from '#inkling/plan/memory.js';
import { MAX_STEPS, STEP_FIELDS, writeSteps } from '#inkling/plan/steps.js';
import { imageLayout, itemBytes, overlap, type Tensor, tensorBytes, viewOf } from '#inkling/plan/tensor.js';

describe('Arena', () => {
  it('allocates aligned tensors that do not overlap, after the zeros', () => {
    const arena = new Arena();
    const tensors = [1, 3, 16, 17, 100].flatMap((size) => [
      arena.tensor({ name: `f32 ${size}`, shape: [size] }),
      arena.tensor({ name: `u8 ${size}`, dtype: 'u8', shape: [size], count: 3 }),
      arena.tensor({ name: `image ${size}`, shape: [2, 3, size], halo: [1, 2], per: 'image', count: 2 }),
    ]);
    let end = ZEROS_BYTES;
    for (const tensor of tensors) {
      expect(tensor.offset % 64).toBe(0);
      expect(tensor.offset).toBeGreaterThanOrEqual(end);
      expect(tensor.offset - end).toBeLessThan(64);
      end = tensor.offset + tensorBytes(tensor);
    }
    expect(arena.bytes).toBeGreaterThanOrEqual(end + 1024);
  });

  it('applies the defaults of a request', () => {
    expect(new Arena().tensor({ name: 'a', shape: [2] })).toEqual({
      name: 'a',
      dtype: 'f32',
      per: 'plan',
      count: 1,
      shape: [2],
      halo: [0, 0],
      offset: 1024,
    });
  });

  it('allocates up to exactly 4 GiB', () => {
    const arena = new Arena();
    const rest = 2 ** 32 - ZEROS_BYTES - 1024;
    const ask = (shape: number[]) => arena.tensor({ name: 'images', dtype: 'u8', shape });
    expect(() => ask([rest + 1])).toThrow(
      new MemoryError(
        'memory: images needs 4096 MiB, which exceeds the 4 GiB that WebAssembly can address; ' +
          'use a smaller model',
      ),
    );
    expect(ask([rest]).offset).toBe(ZEROS_BYTES);
    expect(arena.bytes).toBe(2 ** 32);
    expect(() => ask([1])).toThrow('memory: images needs 1 MiB');
  });
});

describe('tensors', () => {
  const arena = new Arena();
  const flat = arena.tensor({ name: 'flat', shape: [40] });
  const next = arena.tensor({ name: 'next', shape: [40] });

  it('compute the layout of images with a halo', () => {
    const image: Tensor = { ...flat, per: 'image', count: 3, shape: [4, 5, 2], halo: [1, 2] };
    expect(imageLayout(image)).toEqual({
      height: 4,
      width: 5,
      channels: 2,
      rowPitch: 18,
      itemPitch: 108,
      origin: 22,
    });
    expect([itemBytes(image), tensorBytes(image)]).toEqual([432, 1296]);
    expect(itemBytes({ ...image, shape: [], dtype: 'i32' })).toBe(4);
  });

  it('have views that start at an element', () => {
    const view = viewOf(flat, 'bias', [2, 5], 30);
    expect(view).toEqual({ ...flat, name: 'bias', shape: [2, 5], offset: flat.offset + 120 });
    expect(tensorBytes(view)).toBe(40);
  });

  it('overlap when they share a byte', () => {
    expect(overlap(flat, flat)).toBe(true);
    expect(overlap(flat, next)).toBe(false);
    expect(overlap(viewOf(flat, 'a', [10], 0), viewOf(flat, 'b', [30], 10))).toBe(false);
    expect(overlap(viewOf(flat, 'a', [11], 0), viewOf(flat, 'b', [30], 10))).toBe(true);
    expect(overlap(viewOf(flat, 'b', [30], 10), viewOf(flat, 'a', [11], 0))).toBe(true);
  });
});

describe('TensorMemory', () => {
  it('returns views of the tensors', () => {
    const arena = new Arena();
    const tensors = (['f32', 'f64', 'i32', 'u8'] as const).map((dtype) =>
      arena.tensor({ name: dtype, dtype, shape: [2] }),
    );
    const buffer = new ArrayBuffer(arena.bytes);
    const memory = TensorMemory.over(buffer);
    memory.floats(tensors[0]).set([1, 2]);
    memory.doubles(tensors[1]).set([3, 4]);
    memory.ints(tensors[2]).set([5, 6]);
    memory.bytes(tensors[3]).set([7, 8]);
    expect(new Float32Array(buffer, tensors[0].offset, 2)).toEqual(new Float32Array([1, 2]));
    expect(new Float64Array(buffer, tensors[1].offset, 2)).toEqual(new Float64Array([3, 4]));
    expect(new Int32Array(buffer, tensors[2].offset, 2)).toEqual(new Int32Array([5, 6]));
    expect(new Uint8Array(buffer, tensors[3].offset, 2)).toEqual(new Uint8Array([7, 8]));
    expect(() => memory.floats(tensors[1])).toThrow('f64 holds f64, not f32');
  });

  it('stores floats in double precision on request', () => {
    const tensor = new Arena().tensor({ name: 'a', shape: [1] });
    const memory = TensorMemory.inDoublePrecision(2048);
    memory.floats(tensor)[0] = 0.1;
    expect(memory.floats(tensor)[0]).toBe(0.1);
  });
});

describe('steps', () => {
  it('are written in the order in which kernels read their fields', () => {
    const target = new Float64Array(MAX_STEPS * STEP_FIELDS.length);
    const step = {
      augmentSeed: 8,
      dropoutSeed: 7,
      averageShare: 6,
      biasCorrection2: 5,
      biasCorrection1: 4,
      learningRate: 3,
      count: 2,
      first: 1,
    };
    writeSteps(target, [step, { ...step, first: 9 }]);
    expect(Array.from(target.subarray(0, 17))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5, 6, 7, 8, 0]);
  });
});
