import { temporaryOf } from './arena.js';
import type { Op } from './ops.js';
import type { Tensor } from './tensor.js';

/**
 * Adds operations that set the halos of temporary tensors to zero before their first write: no other operation writes a halo, and
 * memory that tensors share holds the values of others.
 */
export function zeroHalos(ops: readonly Op[]): readonly Op[] {
  const written = new Set<number>();
  return ops.flatMap((op) => {
    const first = Object.values<Tensor>(op.writes).filter((tensor) => {
      const number = temporaryOf(tensor);
      if (number === 0 || written.has(number)) return false;
      written.add(number);
      return tensor.halo.some((pixels) => pixels > 0);
    });
    return [...first.map(zeroHalo), op];
  });
}

function zeroHalo(tensor: Tensor): Op {
  const {
    shape: [height, width, channels],
    halo,
  } = tensor;
  const shape = [height + 2 * halo[0], width + 2 * halo[1], channels];
  return {
    op: 'zeroBorder',
    reads: {},
    writes: { output: { ...tensor, shape, halo: [0, 0] } },
    border: halo,
  };
}
