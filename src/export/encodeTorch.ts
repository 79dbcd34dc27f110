import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkOptions } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { sizeOf } from '../core/shape.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { exampleImage, torchScript } from '../interop/torch/script.js';
import { CompiledModel } from '../predict/compiledModel.js';
import { channelsLast } from './layout.js';

/** How a model is encoded for PyTorch. */
export interface TorchOptions {
  /** The name of the file with the weights, in the folder of the Python file; by default `model.safetensors`. */
  readonly weightsFile?: string | undefined;
}

/**
 * Encodes a model for PyTorch: a Python file that rebuilds it and loads its weights, which `encodeCheckpoint` encodes. It needs only
 * PyTorch; run as a program, it compares PyTorch's logits with Inkling's.
 *
 * @throws {InklingError} when the weights do not match the model, or layers have names that are not possible in PyTorch
 */
export async function encodeTorch(saved: SavedModel, options: TorchOptions = {}): Promise<string> {
  checkArguments('encodeTorch', { saved });
  checkOptions('encodeTorch', options, { weightsFile: kinds.text });
  const { weightsFile = 'model.safetensors' } = options;
  const compiled = await CompiledModel.create(saved);
  try {
    const { input } = saved.model;
    const { logits } = compiled.runSync(channelsLast(exampleImage(sizeOf(input)), input));
    return torchScript(saved, { weightsFile, exampleLogits: logits });
  } finally {
    await compiled.close();
  }
}
