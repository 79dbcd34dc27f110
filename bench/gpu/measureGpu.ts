import { messageOf } from '#inkling/core/errors.js';
import type { AdapterFacts } from '#inkling/engine/webgpu/gpuDevice.js';
import { writeNetwork } from '../fixture.js';
import { compare, type Effort, type Entry } from '../measure.js';
import { rowOf } from '../networks/measureNetworks.js';
import type { NetworkRow } from '../networks/results.js';
import { comparisons } from '../networks/suites.js';
import { channelsLast, compiled } from '../networks/variants.js';
import type { GpuResults } from '../results.js';
import type { System } from '../system.js';
import { openDevice } from './openDevice.js';

const BATCH_SIZES = [64, 512];
/** In the data set. */
const BATCHES = 4;

interface Context {
  /** Those of the networks to train. */
  readonly names: ReadonlySet<string>;
  readonly systems: readonly System[];
  /** The folder of the fixture. */
  readonly folder: string;
  readonly effort: Effort;
  /** Receives one line for what could not be measured. */
  readonly notes: string[];
  readonly logProgress: (line: string) => void;
}

/**
 * Trains on the GPU with Inkling and, if it has CUDA, PyTorch; undefined where there is no GPU. An adapter that computes on the processor is
 * none.
 */
export async function measureGpu(
  { names, systems, folder, effort, notes, logProgress }: Context,
  findAdapter = adapterOf,
): Promise<GpuResults | undefined> {
  const adapter = await findAdapter().catch(messageOf);
  if (typeof adapter === 'string' || adapter.isSoftware) {
    const reason = typeof adapter === 'string' ? adapter : `${adapter.name} computes on the processor`;
    notes.push(`training on a GPU: not measured: ${reason}`);
    return undefined;
  }
  const measured = systems.flatMap((system) => variantsOf(system, notes));
  const models = new Map(comparisons.map(({ model }) => [model.name, model]));
  const rows: NetworkRow[] = [];
  for (const [network, model] of models) {
    if (!names.has(network)) continue;
    await writeNetwork(folder, model);
    for (const batch of BATCH_SIZES) {
      logProgress(`GPU: ${network}, batch ${batch}`);
      const job = { task: 'training', device: 'gpu', batch, threads: 1, images: batch * BATCHES } as const;
      const entries = measured.map((system): Entry => ({
        system,
        title: `${network}, training on the GPU with ${system.name}`,
        job: { ...job, folder, network },
      }));
      const { measurements, failures } = await compare(entries, effort);
      rows.push(...measurements.map(rowOf));
      notes.push(...failures);
    }
  }
  return { adapter: adapter.name, rows };
}

async function adapterOf(): Promise<AdapterFacts> {
  const gpu = await openDevice();
  gpu.close();
  return gpu.facts;
}

function variantsOf(system: System, notes: string[]): System[] {
  if (system.family === 'Inkling') return [system];
  if (system.family !== 'PyTorch') return [];
  if (system.gpu === undefined) {
    notes.push(`${system.name}, training on the GPU: this build finds no GPU with CUDA`);
    return [];
  }
  const onGpu = { ...system, name: `${system.name}, CUDA on ${system.gpu}` };
  const fast = compiled(onGpu);
  if (typeof fast !== 'string') return [onGpu, channelsLast(onGpu), fast];
  notes.push(fast);
  return [onGpu, channelsLast(onGpu)];
}
