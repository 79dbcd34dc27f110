import { expect, test } from 'vitest';
import { MachineError } from '#inkling/core/errors.js';
import { GpuDevice } from '#inkling/engine/webgpu/gpuDevice.js';
import { GpuEngine } from '#inkling/engine/webgpu/gpuEngine.js';
import { Arena, MemoryError } from '#inkling/plan/arena.js';
import { PlanBuilder } from '#inkling/plan/builder.js';
import { INERT_STEP } from '#inkling/plan/steps.js';
import { FakeDevice, fakeGpu } from '../../helpers/webgpu/fakeGpu.js';

function openFake(device: FakeDevice, description?: string): Promise<GpuDevice> {
  return GpuDevice.open(fakeGpu(Promise.resolve(device), description));
}

function planOf() {
  const arena = new Arena();
  const builder = new PlanBuilder(arena, 1);
  const input = builder.shared({ name: 'input', shape: [4] });
  builder.add({ op: 'constant', reads: {}, writes: { output: input }, values: [1, 2, 3, 4] });
  return { plan: builder.build('test'), bytes: arena.bytes };
}

const step = { ...INERT_STEP, first: 0, count: 1 };

test('says what to do without an adapter', async () => {
  await expect(GpuDevice.open({ requestAdapter: () => Promise.resolve(null) })).rejects.toThrow(
    'GPU: WebGPU found no adapter; install a driver for Vulkan, Metal, or Direct3D 12, or use the option device cpu',
  );
});

test('names the adapter, and recognizes those that compute on the processor', async () => {
  expect((await openFake(new FakeDevice())).facts).toEqual({ name: 'Fake 9000', isSoftware: false });
  const software = await openFake(new FakeDevice(), 'SwiftShader driver 5.0.0');
  expect(software.facts.isSoftware).toBe(true);
  expect((await openFake(new FakeDevice(), '')).facts.name).toBe('fake');
});

test('says what to do if the driver refuses', async () => {
  const refused = Promise.reject(new Error('no room'));
  await expect(GpuDevice.open(fakeGpu(refused))).rejects.toThrow(
    'GPU: Fake 9000 gave no device: no room; update its driver, close other programs that use it, or use the option device cpu',
  );
});

test('rejects more memory than the adapter can bind', async () => {
  const starting = GpuEngine.start(await openFake(new FakeDevice()), 2 ** 30 + 1);
  await expect(starting).rejects.toThrow(MemoryError);
  await expect(starting).rejects.toThrow(
    'GPU: the network needs 1,025 MiB of memory, and Fake 9000 allows 1,024 MiB; use the option device cpu',
  );
});

test('rejects memory that the adapter does not have left', async () => {
  const starting = GpuEngine.start(await openFake(new FakeDevice({ 'out-of-memory': 'full' })), 2 ** 20);
  await expect(starting).rejects.toThrow(MachineError);
  await expect(starting).rejects.toThrow(
    'GPU: Fake 9000 has not enough memory left for 1 MiB; close other programs that use it, or use the option device cpu',
  );
});

test('names the operation whose shader the driver rejects', async () => {
  const { plan, bytes } = planOf();
  const device = new FakeDevice();
  const engine = await GpuEngine.start(await openFake(device), bytes);
  device.errors.validation = 'no such word';
  const running = engine.run(plan, [step]);
  await expect(running).rejects.toThrow(MachineError);
  await expect(running).rejects.toThrow(
    'GPU: the driver could not compile the shader of constant: no such word; update the driver, or use the option device cpu',
  );
});

test('rejects the run that causes an error, and not those after it', async () => {
  const { plan, bytes } = planOf();
  const device = new FakeDevice();
  const engine = await GpuEngine.start(await openFake(device), bytes);
  await engine.load(plan);
  device.errors.validation = 'no such buffer';
  await expect(engine.run(plan, [step])).rejects.toThrow(
    'GPU: Fake 9000 failed at the plan test: no such buffer; update its driver, or use the option device cpu',
  );
  await engine.run(plan, [step]);
});

test('rejects a run in progress when it is closed', async () => {
  const { plan, bytes } = planOf();
  const device = new FakeDevice();
  const engine = await GpuEngine.start(await openFake(device), bytes);
  await engine.load(plan);
  device.queue.onSubmittedWorkDone = () => new Promise(() => undefined);
  const running = engine.run(plan, [step]);
  await engine.close();
  await expect(running).rejects.toThrow('engine: the GPU engine was closed');
});

test('reports a lost device, with what to do, and every run after it', async () => {
  const { plan, bytes } = planOf();
  const device = new FakeDevice();
  const engine = await GpuEngine.start(await openFake(device), bytes);
  await engine.run(plan, [step]);
  device.lose({ reason: 'unknown', message: 'the watchdog has ended it' });
  await expect(engine.run(plan, [step])).rejects.toThrow(MachineError);
  await expect(engine.run(plan, [step])).rejects.toThrow(
    'GPU: the driver gave up the device (the watchdog has ended it), as when a step takes too long or the GPU is removed; ' +
      'train again with smaller batches, or use the option device cpu',
  );
});

test('reports an error that no call returned', async () => {
  const { plan, bytes } = planOf();
  const device = new FakeDevice();
  const engine = await GpuEngine.start(await openFake(device), bytes);
  device.dispatchEvent(Object.assign(new Event('uncapturederror'), { error: { message: 'invalid' } }));
  await expect(engine.run(plan, [step])).rejects.toThrow(
    'GPU: Fake 9000: invalid; update its driver, or use the option device cpu',
  );
});

test('rejects a run after it was closed', async () => {
  const { plan, bytes } = planOf();
  const engine = await GpuEngine.start(await openFake(new FakeDevice()), bytes);
  await engine.close();
  await expect(engine.run(plan, [step])).rejects.toThrow('engine: the GPU engine was closed');
});
