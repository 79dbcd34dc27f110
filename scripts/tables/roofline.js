/** What the shaders of a training step compute and move, which bounds their time on any GPU. */
import { runnerImport } from 'vite';
import { alignedTable } from './markdown.js';
import { importSource } from './source.js';

const BATCH = 64;
const MODEL = 'report-cnn';

/** The benchmark counts floating-point operations; it imports the package by its name, here from the sources. */
async function importBenchmark(path) {
  const alias = [{ find: /^#inkling\/(.*)\.js$/, replacement: `${process.cwd()}/src/$1.ts` }];
  const { module } = await runnerImport(`./bench/${path}`, {
    configFile: false,
    logLevel: 'error',
    resolve: { alias },
  });
  return module;
}

const { flopsPerImage } = await importBenchmark('flops.ts');
const { sketchTraining } = await importSource('train/profile/profileTraining.ts');
const { resolveModel } = await importSource('models/resolve.ts');
const { preset } = await importSource('models/presets.ts');
const { tensorBytes } = await importSource('plan/tensor.ts');
const { webgpuKernels } = await importSource('kernels/generated/webgpuKernels.ts');

/** A row for each kind of operation, of all operations of that kind. */
export function rooflineTable() {
  const model = resolveModel(preset(MODEL, { input: [28, 28, 1], classes: 10 }));
  const { plan } = sketchTraining(model, BATCH);
  const kinds = new Map();
  for (const op of plan.stages.flatMap(({ ops }) => ops)) {
    const { length: shaders } = [webgpuKernels[op.op](op, { threads: 256, sharedBytes: 2 ** 15 })].flat();
    if (shaders === 0) continue;
    const kind = kinds.get(op.op) ?? { shaders: 0, flops: 0, bytes: 0 };
    const tensors = new Set([...Object.values(op.reads), ...Object.values(op.writes)]);
    kind.shaders += shaders;
    kind.flops += flopsPerImage(op) * BATCH;
    // A batch reads its own images of those in memory only.
    for (const tensor of tensors) kind.bytes += tensorBytes(tensor) * Math.min(1, BATCH / tensor.count);
    kinds.set(op.op, kind);
  }
  const total = { shaders: 0, flops: 0, bytes: 0 };
  for (const kind of kinds.values()) for (const key of Object.keys(total)) total[key] += kind[key];
  const rows = [...kinds].sort(([, a], [, b]) => b.flops - a.flops || b.bytes - a.bytes);
  return alignedTable(
    ['operations', 'shaders', 'MFLOP', 'MB', 'FLOP per byte'],
    [...rows.map(([name, kind]) => rowOf(`\`${name}\``, kind)), rowOf('all', total)],
  );
}

function rowOf(name, { shaders, flops, bytes }) {
  const megabytes = (bytes / 1e6).toFixed(2);
  if (flops === 0) return [name, String(shaders), '', megabytes, ''];
  return [name, String(shaders), (flops / 1e6).toFixed(0), megabytes, (flops / bytes).toFixed(1)];
}
