import { basename } from 'node:path';
import { sizeOf } from '../../core/shape.js';
import { exampleImage, torchScript } from '../../interop/torch/script.js';
import { channelsLast } from '../layout.js';
import type { ExportFormat } from './format.js';
import { safetensors } from './safetensors.js';

const EXTENSION = '.py';

export const torch: ExportFormat = {
  extension: EXTENSION,
  description: 'a PyTorch module in Python, with its weights in a safetensors file next to it',
  encode({ saved, path, ...request }) {
    const { input } = saved.model;
    const weightsPath = path.slice(0, -EXTENSION.length) + safetensors.extension;
    const weights = safetensors.encode({ ...request, saved, path: weightsPath });
    const script = torchScript(saved, {
      weightsFile: basename(weightsPath),
      exampleLogits: request.logits(channelsLast(exampleImage(sizeOf(input)), input)),
    });
    return { ...weights, files: new Map([...weights.files, [path, script]]) };
  },
};
