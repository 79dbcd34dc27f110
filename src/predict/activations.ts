import type { Shape } from '../core/shape.js';
import { InlineEngine } from '../engine/inline.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { allocateNetwork, fillWeights, planNetwork } from '../models/network.js';
import { resolveModel } from '../models/resolve.js';
import { Arena } from '../plan/arena.js';
import { PlanBuilder } from '../plan/builder.js';
import { INERT_STEP } from '../plan/steps.js';
import { imageLayout } from '../plan/tensor.js';

/** What a layer makes of one image. */
export interface Activations {
  /** `[height, width, channels]` */
  readonly shape: Shape;
  /** Of this shape, without the zeros that the engine keeps around it. */
  readonly values: Float32Array;
}

/**
 * What the layers in front of layer `end` make of an image, as in a prediction.
 *
 * @param pixels one image, `[height, width, channels]`, from 0 to 1
 * @param end at least 1; the layer in front of it gives an image
 */
export async function activationsOf(
  { model, weights }: SavedModel,
  pixels: Float32Array,
  end: number,
): Promise<Activations> {
  const arena = new Arena();
  const resolved = resolveModel(model);
  const network = allocateNetwork(arena, resolved);
  const builder = new PlanBuilder(arena, 1);
  const given = builder.perImage('pixels', model.input);
  const input = builder.perImage('input', model.input, { halo: resolved.inputHalo });
  builder.add({ op: 'padImages', reads: { input: given }, writes: { output: input } });
  const { output } = planNetwork(builder, resolved, network, input, 'evaluation', end);
  const plan = builder.build('activations');

  const engine = await InlineEngine.start(arena.bytes);
  fillWeights(engine.tensors, network, weights);
  engine.tensors.floats(given).set(pixels);
  engine.load(plan)({ ...INERT_STEP, first: 0, count: 1 });

  const { shape } = resolved.layers[end - 1].output;
  const { height, width, channels, rowPitch, origin } = imageLayout(output);
  const padded = engine.tensors.floats(output);
  const values = new Float32Array(height * width * channels);
  for (let y = 0; y < height; y++) {
    const start = origin + y * rowPitch;
    values.set(padded.subarray(start, start + width * channels), y * width * channels);
  }
  return { shape, values };
}
