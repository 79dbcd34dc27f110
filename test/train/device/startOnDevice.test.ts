import { expect, test } from 'vitest';
import { MachineError } from '#inkling/core/errors.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { type GpuAccess, openGpu } from '#inkling/platform/gpu/openGpu.js';
import { parseConfig } from '#inkling/train/config.js';
import { measureSpeed } from '#inkling/train/device/measureSpeed.js';
import { startOnDevice } from '#inkling/train/device/startOnDevice.js';
import { Session } from '#inkling/train/session.js';

const dataset = generateDigits({ seed: 1, train: 20, test: 5 });
const model = resolveModel(preset('mlp', { input: dataset.shape, classes: dataset.classes.length }));
const options = { model, dataset, batchSize: 8, threads: 1, optimizer: { type: 'adam' } } as const;

interface Fake {
  /** Names the adapter. */
  readonly description?: string;
  /** The memory of its device. */
  readonly bytes?: number;
  /** Why its driver opens no device. */
  readonly refusal?: string;
  /** Why its driver rejects shaders. */
  readonly rejection?: string;
}

const nothing = () => ({});

/** An adapter whose device can do nothing; it has no more of the interface than is used. */
function fakeGpu({ description = 'Fake 9000', bytes = 2 ** 28, refusal, rejection = '' }: Fake) {
  const limits = {
    maxBufferSize: bytes,
    maxStorageBufferBindingSize: bytes,
    maxComputeInvocationsPerWorkgroup: 256,
    maxComputeWorkgroupSizeX: 256,
    maxComputeWorkgroupStorageSize: 2 ** 14,
    maxComputeWorkgroupsPerDimension: 65_535,
  };
  let scope = '';
  const device = {
    limits,
    lost: new Promise(() => undefined),
    addEventListener: nothing,
    destroy: nothing,
    queue: { writeBuffer: nothing, submit: nothing },
    pushErrorScope: (kind: string) => (scope = kind),
    popErrorScope: () => Promise.resolve(scope === 'validation' ? { message: rejection } : null),
    createBuffer: () => ({
      destroy: nothing,
      mapAsync: () => Promise.resolve(),
      getMappedRange: () => new ArrayBuffer(0),
    }),
    createCommandEncoder: () => ({ copyBufferToBuffer: nothing, finish: nothing }),
    createBindGroupLayout: nothing,
    createPipelineLayout: nothing,
    createBindGroup: nothing,
    createShaderModule: nothing,
  };
  const requestDevice = () =>
    refusal === undefined ? Promise.resolve(device) : Promise.reject(new Error(refusal));
  const adapter = { limits, info: { description }, requestDevice };
  return () => Promise.resolve({ requestAdapter: () => Promise.resolve(adapter as unknown as GPUAdapter) });
}

const noAdapter = (): Promise<GpuAccess> => Promise.resolve({ requestAdapter: () => Promise.resolve(null) });

test.each([
  [
    'no adapter',
    noAdapter,
    'WebGPU found no adapter; install a driver for Vulkan, Metal, or Direct3D 12, or use the device cpu',
  ],
  [
    'an adapter without a device',
    fakeGpu({ refusal: 'limit exceeded' }),
    'the driver opened no device: limit exceeded; update it, or use the device cpu',
  ],
  [
    'little memory',
    fakeGpu({ bytes: 2 ** 20 }),
    /^the network needs \d+ MiB of memory in one piece, and Fake 9000 allows 1 MiB; use the device cpu, or batches of fewer images than 8$/,
  ],
  [
    'a driver that rejects a shader',
    fakeGpu({ rejection: 'no such word' }),
    /^the driver could not compile the shader of \w+: no such word; update the driver, or use the device cpu$/,
  ],
  [
    'a program that computes on the processor',
    fakeGpu({ description: 'llvmpipe (LLVM 15)' }),
    'llvmpipe (LLVM 15) is not a GPU, but computes on the processor, which is slower',
  ],
])('with %s, auto trains on the CPU and says why', async (_, open, reason) => {
  const { session, device, text } = await startOnDevice(options, 'auto', open);
  await session.close();
  expect(device).toEqual({ kind: 'cpu' });
  expect(text.startsWith('Device: CPU (1 thread): ')).toBe(true);
  expect(text.replace('Device: CPU (1 thread): ', '')).toMatch(reason);
});

test('a GPU that cannot be used is an error of the machine', async () => {
  const starting = startOnDevice(options, 'gpu', noAdapter);
  await expect(starting).rejects.toThrow(MachineError);
  await expect(starting).rejects.toThrow('GPU: WebGPU found no adapter; ');
  await expect(startOnDevice(options, 'gpu', fakeGpu({ refusal: 'busy' }))).rejects.toThrow(
    'GPU: the driver opened no device: busy; update it, or use the device cpu',
  );
});

test('with frozen layers, auto trains on the CPU without a trial', async () => {
  const { session, text } = await startOnDevice({ ...options, fixedLayers: 1 }, 'auto', noAdapter);
  await session.close();
  expect(text).toBe(
    'Device: CPU (1 thread): the outputs of the frozen layers are computed there, and take the most time',
  );
});

test('says what to install', async () => {
  const opening = openGpu();
  await expect(opening).rejects.toThrow(MachineError);
  await expect(opening).rejects.toThrow(
    'GPU: training on a GPU in Node.js needs the package webgpu, which is optional and not installed; run "npm install webgpu" (130 MB), or use the device cpu',
  );
});

test('a trial leaves the state as it was', async () => {
  const session = await Session.start(options);
  const before = await session.state();
  expect(await measureSpeed(session, dataset, options.batchSize)).toBeGreaterThan(0);
  expect(await session.state()).toEqual(before);
  await session.close();
});

test('rejects other devices', () => {
  expect(() => parseConfig({ device: 'tpu' })).toThrow(
    'config: device: unknown value "tpu" (did you mean "cpu"?); expected cpu, gpu or auto',
  );
});
