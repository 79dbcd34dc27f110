import { afterEach, expect, test, vi } from 'vitest';
import { InklingError, MachineError } from '#inkling/core/errors.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { type GpuAccess, openGpu } from '#inkling/platform/gpu/openGpu.js';
import { parseConfig } from '#inkling/train/config.js';
import { measureSpeed } from '#inkling/train/device/measureSpeed.js';
import { startOnDevice } from '#inkling/train/device/startOnDevice.js';
import { Session } from '#inkling/train/session.js';
import { trainModel } from '#inkling/train/trainModel.js';
import { FakeDevice, fakeGpu } from '../../helpers/webgpu/fakeGpu.js';

const dataset = generateDigits({ seed: 1, train: 20, test: 5 });
const model = resolveModel(preset('mlp', { input: dataset.shape, classes: dataset.classes.length }));
const options = { model, dataset, batchSize: 8, threads: 1, optimizer: { type: 'adam' } } as const;
const split = { train: Uint32Array.of(0, 1, 2), validation: Uint32Array.of(3) };
const task = { model, dataset, config: parseConfig({ model: 'mlp', epochs: 1 }), split, threads: 1 };

const auto = { device: 'auto' } as const;
const gpu = { device: 'gpu' } as const;
const noAdapter = (): Promise<GpuAccess> => Promise.resolve({ requestAdapter: () => Promise.resolve(null) });
const gpuOf = (device: FakeDevice, description?: string) => () =>
  Promise.resolve(fakeGpu(Promise.resolve(device), description));
const refusing = () => Promise.resolve(fakeGpu(Promise.reject(new Error('busy'))));

afterEach(() => {
  vi.restoreAllMocks();
});

test.each([
  ['no adapter', noAdapter, 'WebGPU found no adapter; install a driver for Vulkan, Metal, or Direct3D 12.'],
  [
    'an adapter without a device',
    refusing,
    'Fake 9000 gave no device: busy; update its driver, close other programs that use it.',
  ],
  [
    'little memory',
    gpuOf(new FakeDevice({}, 2 ** 16)),
    /^the network needs \d+ MiB of memory, and Fake 9000 allows 1 MiB\.$/,
  ],
  [
    'a driver that rejects a shader',
    gpuOf(new FakeDevice({ validation: 'no such word' })),
    /^.*: no such word; update \w+ driver\.$/,
  ],
  [
    'a program that computes on the processor',
    gpuOf(new FakeDevice(), 'llvmpipe (LLVM 15)'),
    'llvmpipe (LLVM 15) is not a GPU, but computes on the processor, which is slower.',
  ],
])('with %s, auto trains on the CPU and says why', async (_, open, reason) => {
  const { session, device, text } = await startOnDevice(options, auto, open);
  await session.close();
  expect(device).toEqual({ kind: 'cpu' });
  expect(text.startsWith('Device: CPU (1 thread): ')).toBe(true);
  expect(text.replace('Device: CPU (1 thread): ', '')).toMatch(reason);
});

test('auto trains on the GPU if the CPU has too little memory, and closes both if it fails', async () => {
  const start = Session.start.bind(Session);
  const close = vi.spyOn(Session.prototype, 'close');
  const failing = vi.spyOn(Session, 'start');
  const failOnCpu = (error: Error) =>
    failing.mockImplementation((asked) => ('start' in asked ? start(asked) : Promise.reject(error)));

  failOnCpu(new InklingError('engine: too little memory'));
  const { session, device, text } = await startOnDevice(options, auto, gpuOf(new FakeDevice()));
  expect(text).toBe('Device: GPU Fake 9000, since the CPU failed: engine: too little memory.');
  expect(device).toEqual({ kind: 'gpu', adapter: 'Fake 9000' });
  expect(close).not.toHaveBeenCalled();
  await session.close();
  close.mockClear();

  failOnCpu(new Error('broken'));
  await expect(startOnDevice(options, auto, gpuOf(new FakeDevice()))).rejects.toThrow('broken');
  expect(close).toHaveBeenCalledOnce();
});

test.each([
  [{ kind: 'cpu', adapter: 'Fake 9000' }, 'Device: CPU (1 thread): it has trained until now.'],
  [{ kind: 'gpu', adapter: 'Fake 9000' }, 'Device: GPU Fake 9000, which has trained until now.'],
] as const)('auto continues on the device before, without a trial: %o', async (before, expected) => {
  const measured = vi.spyOn(Session.prototype, 'train');
  const { session, device, text } = await startOnDevice(
    options,
    { ...auto, before },
    gpuOf(new FakeDevice()),
  );
  await session.close();
  expect(text).toBe(expected);
  expect(device.kind).toBe(before.kind);
  expect(measured).not.toHaveBeenCalled();
});

test('where the GPU before is missing, auto says why the CPU continues, or tries another GPU', async () => {
  const before = { kind: 'gpu', adapter: 'Fake 1000' } as const;
  const { session, device, text } = await startOnDevice(options, { ...auto, before }, noAdapter);
  await session.close();
  expect(device).toEqual({ kind: 'cpu' });
  expect(text).toMatch(/^Device: CPU \(1 thread\): WebGPU found no adapter; /);
  const other = await startOnDevice(options, { ...auto, before }, gpuOf(new FakeDevice()));
  await other.session.close();
  expect(other.device.trial).toBeDefined();
});

test('a GPU that cannot be used is an error of the machine', async () => {
  const starting = startOnDevice(options, gpu, noAdapter);
  await expect(starting).rejects.toThrow(MachineError);
  await expect(starting).rejects.toThrow('GPU: WebGPU found no adapter; ');
  await expect(startOnDevice(options, gpu, refusing)).rejects.toThrow(
    'GPU: Fake 9000 gave no device: busy; update its driver, close other programs that use it, or use the option device cpu',
  );
});

test('a GPU without memory is an error of the machine, which smaller batches may avoid', async () => {
  const device = new FakeDevice({ 'out-of-memory': 'full' });
  const starting = startOnDevice(options, gpu, gpuOf(device));
  await expect(starting).rejects.toThrow(MachineError);
  await expect(starting).rejects.toThrow(
    /^GPU: Fake 9000 has not enough memory left for \d+ MiB; close other programs that use it, or use the option device cpu, or batches of fewer images than 8$/,
  );
});

test('with frozen layers, auto trains on the CPU without a trial', async () => {
  const { session, text } = await startOnDevice({ ...options, fixedLayers: 1 }, auto, noAdapter);
  await session.close();
  expect(text).toBe(
    'Device: CPU (1 thread): the outputs of the frozen layers are computed there, and take the most time.',
  );
});

test('closes the session if a hook throws', async () => {
  const close = vi.spyOn(Session.prototype, 'close');
  const onStart = () => {
    throw new Error('no terminal');
  };
  await expect(trainModel(task, { onStart })).rejects.toThrow('no terminal');
  expect(close).toHaveBeenCalledOnce();
});

test('says what to install', async () => {
  const opening = openGpu();
  await expect(opening).rejects.toThrow(MachineError);
  await expect(opening).rejects.toThrow(
    'GPU: training on a GPU in Node.js needs the package webgpu, which is optional and not installed; run "npm install webgpu" (130 MB), or use the option device cpu',
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
