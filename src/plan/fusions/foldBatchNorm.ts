import { sizeOf } from '../../core/shape.js';
import type { TensorRequest } from '../arena.js';
import type { Op, OpOf } from '../ops.js';
import { overlap, type Tensor } from '../tensor.js';
import { touches } from './find.js';

/** The operations of two plans: `main` runs after `prologue`, whose results are constants for it. */
interface Ops {
  readonly prologue: readonly Op[];
  readonly main: readonly Op[];
}

/**
 * Computes batch normalization, and ReLU after it, as part of the convolution before it, if only the normalization uses the convolution's
 * output: the prologue folds scale and shift into the weight and bias.
 *
 * @param allocate allocates the folded weights and biases
 */
export function foldBatchNorm({ prologue, main }: Ops, allocate: (request: TensorRequest) => Tensor): Ops {
  const folds: Op[] = [];
  const replacements = new Map<Op, readonly Op[]>();
  const foldedWeights = new Map<Tensor, Tensor>();
  for (const norm of main) {
    if (norm.op !== 'scaleShift' && (norm.op !== 'normRelu' || norm.reads.other !== undefined)) continue;
    const conv = convolutionBefore(main, norm);
    const { scale, shift } = norm.reads;
    const isConstant = prologue.some((op) => op.op === 'batchNormRunning' && op.writes.scale === scale);
    if (conv === undefined || !isConstant) continue;
    const { weight, bias } = conv.reads;
    const writes = {
      foldedWeight: allocate({ name: `${weight.name}.folded`, shape: weight.shape }),
      foldedBias: allocate({ name: `${shift.name}.folded`, shape: shift.shape }),
    };
    folds.push({ op: 'foldBatchNorm', reads: { weight, scale, shift, ...(bias && { bias }) }, writes });
    foldedWeights.set(weight, writes.foldedWeight);
    const reads = { ...conv.reads, weight: writes.foldedWeight, bias: writes.foldedBias };
    const relu = norm.op === 'normRelu' ? { maximum: norm.maximum } : undefined;
    const folded = { ...conv, reads, writes: norm.writes, relu };
    replacements.set(conv, [folded]).set(norm, []);
  }
  // Transforms of weights come last, because some of them read folded ones.
  const others = prologue.filter(({ op }) => op !== 'winogradWeight');
  const transforms = prologue.flatMap((op): Op[] => {
    if (op.op !== 'winogradWeight') return [];
    const { weight } = op.reads;
    return [{ ...op, reads: { weight: foldedWeights.get(weight) ?? weight } }];
  });
  return {
    prologue: [...others, ...folds, ...transforms],
    main: main.flatMap((op) => replacements.get(op) ?? [op]),
  };
}

/**
 * The convolution before a normalization; undefined if another operation reads or writes its output too, or if a copy of its weight would
 * be larger than an image that is then written once instead of twice.
 */
function convolutionBefore(
  ops: readonly Op[],
  norm: Op & { readonly reads: { readonly input: Tensor } },
): OpOf<'conv2d'> | OpOf<'groupedConv2d'> | undefined {
  const { input } = norm.reads;
  const users = ops.filter((op) => op !== norm && touches(op, [input]));
  const conv = users.find((op) => op.op === 'conv2d' || op.op === 'groupedConv2d');
  if (users.length !== 1 || conv === undefined || !overlap(conv.writes.output, input)) return undefined;
  return sizeOf(conv.reads.weight.shape) <= sizeOf(input.shape) ? conv : undefined;
}
