import { toUnitFloats } from '../../core/pixels.js';
import { VERSION } from '../../core/version.js';
import type { SavedModel } from '../checkpoint.js';
import { torchClasses } from './classes.js';
import { torchModules } from './modules.js';

/** What a script contains besides the model. */
export interface TorchScriptOptions {
  /** The name of the file with the weights, in the folder of the script. */
  readonly weightsFile: string;
  /** Inkling's logits for `exampleImage`, with which the script checks itself. */
  readonly exampleLogits: Float32Array;
}

/** Pixels from 0 to 1, in PyTorch's order, no two rows, columns or channels alike; the script computes the same. */
export function exampleImage(size: number): Float32Array {
  return toUnitFloats(Uint8Array.from({ length: size }, (_, i) => (i * 37) % 256));
}

/**
 * A Python file that rebuilds a model with PyTorch and loads its weights from a safetensors file in the same folder. It needs
 * only PyTorch; run as a program, it compares PyTorch's logits with Inkling's.
 *
 * @throws {InklingError} if the layers' names are not possible in PyTorch
 */
export function torchScript(saved: SavedModel, options: TorchScriptOptions): string {
  const modules = torchModules(saved.model);
  return [
    docstring(saved),
    IMPORTS,
    constants(saved, options.weightsFile),
    ...torchClasses(modules),
    network(modules),
    LOADING,
    selfCheck(options.exampleLogits),
  ].join('');
}

function docstring({ model, classes }: SavedModel): string {
  const [height, width, channels] = model.input;
  return `"""A network trained by Inkling ${VERSION}, for PyTorch.

    model = load_model()
    logits = model(pixels)

pixels: float32 [batch, ${channels}, ${height}, ${width}], values from 0 to 255 divided by 255. logits: [batch, ${classes.length}], in the order of CLASSES.
Run as a program, this file compares PyTorch's logits with Inkling's.
"""
`;
}

const IMPORTS = `
import json
import struct
import sys
from collections import OrderedDict
from pathlib import Path

import torch
from torch import nn

`;

function constants({ model, classes, dataset }: SavedModel, weightsFile: string): string {
  const [height, width, channels] = model.input;
  return `NAME = ${JSON.stringify(model.name)}
DATASET = ${JSON.stringify(dataset)}
CLASSES = ${JSON.stringify(classes)}
INPUT = (${channels}, ${height}, ${width})
WEIGHTS = Path(__file__).with_name(${JSON.stringify(weightsFile)})
DTYPES = {"F32": torch.float32, "I64": torch.int64}

`;
}

/** @param modules lines of Python */
function network(modules: readonly string[]): string {
  return `
class Network(nn.Sequential):
    def __init__(self):
        super().__init__(OrderedDict([
${modules.map((line) => `            ${line}`).join('\n')}
        ]))

`;
}

const LOADING = `
def read_safetensors(path):
    """Read the tensors of a safetensors file: a length, a header in JSON, and the values."""
    data = bytearray(Path(path).read_bytes())
    (size,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + size].decode())
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = data[8 + size + begin : 8 + size + end]
        tensors[name] = torch.frombuffer(values, dtype=DTYPES[entry["dtype"]]).reshape(entry["shape"])
    return tensors


def load_model():
    """Return the trained network in evaluation mode."""
    model = Network()
    model.load_state_dict(read_safetensors(WEIGHTS))
    return model.eval()

`;

function selfCheck(exampleLogits: Float32Array): string {
  return `
# Inkling's logits for the image below.
EXPECTED = ${JSON.stringify([...exampleLogits])}

if __name__ == "__main__":
    count = INPUT[0] * INPUT[1] * INPUT[2]
    image = (torch.arange(count) * 37 % 256 / 255).reshape(1, *INPUT)
    with torch.no_grad():
        logits = load_model()(image)[0]
    difference = (logits - torch.tensor(EXPECTED)).abs().max().item()
    print(f"largest difference from Inkling's logits: {difference:.1e}")
    if not difference < 1e-3:
        sys.exit("expected a difference below 1e-3; the weights are not those that this file was written for")
`;
}
