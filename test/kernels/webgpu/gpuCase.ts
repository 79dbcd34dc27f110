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
    const rests = memory.doubles(tensor).map((value, i) => (Number.isFinite(value) ? value - pairs[i] : 0));
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

/** The case with a number as the first element of each tensor of floats that is read. */
export function startingWith(value: number, test: OpCase): OpCase {
  const read = tensorsOf(test.op.reads);
  const values = [...test.values].map(([tensor, numbers]) => {
    const isFloat = tensor.dtype === 'f32' || tensor.dtype === 'f64';
    return [tensor, isFloat && read.includes(tensor) ? [value, ...numbers.slice(1)] : numbers] as const;
  });
  return { ...test, values: new Map(values) };
}

/**
 * Runs the step of a case on a GPU that has this memory, for each of them; returns the memories after it.
 *
 * @param bufferBytes of the buffers that the memory consists of; one by default
 */
export async function runOnGpu(
  gpu: GpuPage | undefined,
  { plan, step }: OpCase,
  memories: readonly Uint8Array[],
  bufferBytes?: number,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const size = memories[0].length;
  const all: Tensor = {
    name: 'memory',
    dtype: 'u8',
    per: 'plan',
    count: 1,
    shape: [size],
    halo: [0, 0],
    offset: 0,
  };
  const engine = await RemoteEngine.start(gpu, size, bufferBytes);
  const after: Uint8Array<ArrayBuffer>[] = [];
  for (const memory of memories) {
    engine.write(all, memory);
    await engine.run(plan, [step]);
    after.push(Uint8Array.from(await engine.read(all, 'u8')));
  }
  return after;
}
