import { TensorMemory } from '#inkling/plan/memory.js';
import { endOf, type Tensor } from '#inkling/plan/tensor.js';
import type { GpuPage } from '../../helpers/webgpu/gpuPage.js';
import { RemoteEngine } from '../../helpers/webgpu/remoteEngine.js';
import { fill, type OpCase, tensorsOf } from '../harness/opCase.js';

/** Elements of f64 tensors, which shaders store as pairs. */
function doublesOf({ op }: OpCase): Tensor[] {
  const tensors = new Set([...tensorsOf(op.reads), ...tensorsOf(op.writes)]);
  return [...tensors].filter(({ dtype }) => dtype === 'f64');
}

/** The memory of a case before its step, as a GPU has it; bytes that are not used have a value that must not matter. */
export function memoryOf(test: OpCase, garbage: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil(test.bytes / 8) * 8).fill(garbage);
  const memory = TensorMemory.over(bytes.buffer);
  for (const tensor of tensorsOf(test.op.reads)) bytes.fill(0, tensor.offset, endOf(tensor));
  fill(memory, test);
  for (const tensor of doublesOf(test)) {
    const pairs = Float32Array.from(memory.doubles(tensor), (value) => value);
    const rests = memory.doubles(tensor).map((value, i) => value - pairs[i]);
    new Float32Array(bytes.buffer, tensor.offset).set([...pairs].flatMap((value, i) => [value, rests[i]]));
  }
  return bytes;
}

/** The memory after a step, with elements of f64 tensors as such. */
export function resultOf(test: OpCase, bytes: Uint8Array<ArrayBuffer>): TensorMemory<Float32Array> {
  const result = bytes.slice();
  const memory = TensorMemory.over(result.buffer);
  for (const tensor of doublesOf(test)) {
    const pairs = new Float32Array(bytes.buffer, tensor.offset);
    memory.doubles(tensor).forEach((_, i, doubles) => (doubles[i] = pairs[2 * i] + pairs[2 * i + 1]));
  }
  return memory;
}

/** Runs the step of a case on a GPU that has this memory; returns the memory after it. */
export async function runOnGpu(
  gpu: GpuPage | undefined,
  { plan, step }: OpCase,
  memory: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const all: Tensor = {
    name: 'memory',
    dtype: 'u8',
    per: 'plan',
    count: 1,
    shape: [memory.length],
    halo: [0, 0],
    offset: 0,
  };
  const engine = await RemoteEngine.start(gpu, memory.length);
  engine.write(all, memory);
  await engine.run(plan, [step]);
  return Uint8Array.from(await engine.read(all, 'u8'));
}
