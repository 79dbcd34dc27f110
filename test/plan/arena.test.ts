import { describe, expect, it } from 'vitest';
import { Arena, bytesPerImage, MemoryError } from '#inkling/plan/arena.js';

const GIBIBYTE = 2 ** 30;

describe('the memory of a further image', () => {
  const plan = (arena: Arena, batchSize: number) => {
    arena.tensor({ name: 'images', dtype: 'u8', shape: [batchSize, 3 * GIBIBYTE] });
  };

  it('is known for images of which two do not fit', () => {
    expect(bytesPerImage(plan)).toBe(3 * GIBIBYTE);
  });

  it('does not make two of them fit', () => {
    expect(() => {
      plan(new Arena(), 2);
    }).toThrow(MemoryError);
  });
});
