import { conv2d, flatten, globalAvgPool2d, linear } from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { resolveModel } from '#inkling/models/resolve.js';
import type { Op } from '#inkling/plan/ops.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import { profileTraining, sketchTraining } from '#inkling/train/profile/profileTraining.js';
import { flopsPerImage } from './flops.js';
import type { ConvolutionRow } from './results.js';

/** Input and output channels, and the side of the image in pixels: typical for networks that trade resolution for channels. */
const SIZES = [
  [16, 32],
  [32, 32],
  [64, 16],
  [128, 8],
  [256, 8],
] as const;
const MEASURED = 'measured';

/**
 * Times all three passes of 3×3 convolutions on one thread.
 *
 * @param peakGigaflops the peak of one core. Operations are counted by the definition of a convolution, so that Winograd's
 * algorithm, which needs fewer multiplications, can exceed it
 */
export async function measureConvolutions(
  batch: number,
  steps: number,
  peakGigaflops: number,
): Promise<ConvolutionRow[]> {
  const rows: ConvolutionRow[] = [];
  for (const [channels, side] of SIZES) {
    const model = modelOf(channels, side);
    const times = await profileTraining(
      resolveModel(model),
      sketchTraining(resolveModel(model), batch),
      steps,
    );
    const shareOf = (name: Op['op']): number => {
      const own = times.find(({ op }) => op.op === name && isMeasured(op));
      if (own === undefined) throw new Error(`no ${name} of ${channels} channels`);
      return (flopsPerImage(own.op) * batch) / own.seconds / 1e9 / peakGigaflops;
    };
    rows.push({
      channels,
      side,
      forward: shareOf('conv2d'),
      inputGrad: shareOf('conv2dInputGrad'),
      weightGrad: shareOf('conv2dWeightGrad'),
    });
  }
  return rows;
}

/** The measured convolution follows another one, so that its input gradient is computed too. */
function modelOf(channels: number, side: number): Model {
  return {
    name: `${channels} channels`,
    input: [side, side, 1],
    layers: [
      conv2d({ outChannels: channels, kernel: 1 }),
      conv2d({ name: MEASURED, outChannels: channels, kernel: 3, padding: 1, bias: false }),
      globalAvgPool2d(),
      flatten(),
      linear({ outFeatures: 10 }),
    ],
  };
}

function isMeasured({ writes }: Op): boolean {
  return Object.values<Tensor>(writes).some(({ name }) => name.startsWith(`${MEASURED}.`));
}
