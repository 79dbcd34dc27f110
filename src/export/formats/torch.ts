import { basename } from 'node:path';
import { encodeTorch } from '../encodeTorch.js';
import type { ExportFormat } from './format.js';
import { safetensors } from './safetensors.js';

const EXTENSION = '.py';

export const torch: ExportFormat = {
  extension: EXTENSION,
  description: 'a PyTorch module in Python, with its weights in a safetensors file next to it',
  async encode({ saved, path, ...request }) {
    const weightsPath = path.slice(0, -EXTENSION.length) + safetensors.extension;
    const weights = await safetensors.encode({ ...request, saved, path: weightsPath });
    const script = await encodeTorch(saved, { weightsFile: basename(weightsPath) });
    return { ...weights, files: new Map([...weights.files, [path, script]]) };
  },
};
