import type { Target } from '../target.js';

/** All targets by name. Only the one that is needed is loaded: some start servers or decoders. */
const targets: Readonly<Record<string, () => Promise<Target>>> = {
  idx: async () => (await import('./files.js')).idxTarget,
  gzip: async () => (await import('./files.js')).gzipTarget,
  tar: async () => (await import('./files.js')).tarTarget,
  csv: async () => (await import('./files.js')).csvTarget,
  npy: async () => (await import('./files.js')).npyTarget,
  parquet: async () => (await import('./parquet.js')).parquetTarget,
  npz: async () => (await import('./files.js')).npzTarget,
  safetensors: async () => (await import('./models.js')).safetensorsTarget,
  checkpoint: async () => (await import('./models.js')).checkpointTarget,
  torch: async () => (await import('./torch.js')).torchTarget,
  onnx: async () => (await import('./onnx.js')).onnxTarget,
  model: async () => (await import('./models.js')).modelTarget,
  records: async () => (await import('./models.js')).recordsTarget,
  png: async () => (await import('./pictures.js')).pngTarget,
  pictures: async () => (await import('./pictures.js')).picturesTarget,
  http: async () => (await import('./http.js')).httpTarget,
};

export const targetNames: readonly string[] = Object.keys(targets);

export function openTarget(name: string): Promise<Target> {
  return targets[name]();
}
