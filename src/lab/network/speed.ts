import { type EpochRecord, fit, type LoadedDataset, type Model, resolveModel } from '#inkling/index.js';
import { MAX_BYTE } from '../pixels.js';

/** How fast this device trains a network. */
export interface Speed {
  readonly imagesPerSecond: number;
  /** Those of the network that was measured, for one image. */
  readonly multiplyAdds: number;
}

/** Training is measured for this long, once it has started. */
const MEASURED_MS = 200;
/** More steps than are trained in this time. */
const STEPS = 32;
const EPOCHS = 1000;
/** Too small for the weights to diverge. */
const LEARNING_RATE = 1e-6;

/**
 * Trains a network for a moment, on images that mean nothing, to find out how fast this device is.
 *
 * @param threads the number of threads that train
 */
export async function measureSpeed(model: Model, batchSize: number, threads: number): Promise<Speed> {
  const stop = new AbortController();
  const points: { readonly at: number; readonly images: number }[] = [];
  let reported: EpochRecord['imagesPerSecond'] = NaN;
  await fit({
    model,
    dataset: meaninglessImages(model, STEPS * batchSize),
    settings: { epochs: EPOCHS, batchSize, learningRate: LEARNING_RATE, seed: 0, threads },
    signal: stop.signal,
    onEvent(event) {
      if (event.type !== 'progress') return;
      const { epoch, step, steps, imagesPerSecond } = event;
      reported = imagesPerSecond;
      points.push({ at: performance.now(), images: batchSize * ((epoch - 1) * steps + step) });
      if (points[points.length - 1].at - points[0].at >= MEASURED_MS) stop.abort();
    },
  });
  const [first, last] = [points[0], points[points.length - 1]];
  const measured = ((last.images - first.images) * 1000) / (last.at - first.at);
  return {
    // The steps before the first report start the threads, and are not counted, unless there are no others.
    imagesPerSecond: points.length > 1 ? measured : reported,
    multiplyAdds: resolveModel(model).multiplyAdds,
  };
}

/** How long an epoch takes, from the number of multiply-adds if it is another network than the one that was measured. */
export function secondsPerEpoch(speed: Speed, images: number, multiplyAdds: number): number {
  return (images / speed.imagesPerSecond) * (multiplyAdds / speed.multiplyAdds);
}

/** Images of every class, for training, validation, and testing. */
function meaninglessImages(model: Model, count: number): LoadedDataset {
  const { classes } = resolveModel(model);
  const size = model.input.reduce((product, length) => product * length, 1);
  const setOf = (images: number) => ({
    images: Uint8Array.from({ length: images * size }, (_, i) => (37 * i) % (MAX_BYTE + 1)),
    labels: Uint8Array.from({ length: images }, (_, i) => i % classes),
  });
  return {
    name: 'meaningless images',
    source: { kind: 'generated', location: 'the lab', verified: false, sha256: {} },
    shape: model.input,
    classes: Array.from({ length: classes }, (_, i) => String(i)),
    inputKind: 'image',
    train: setOf(Math.max(count, classes) + classes),
    validationCount: classes,
    test: setOf(classes),
  };
}
