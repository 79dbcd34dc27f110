import { InklingError, MachineError } from '../../core/errors.js';
import { formatPlural } from '../../core/format.js';
import { GpuDevice } from '../../engine/webgpu/gpuDevice.js';
import { GpuEngine } from '../../engine/webgpu/gpuEngine.js';
import { GpuMemoryError } from '../../engine/webgpu/gpuErrors.js';
import { openGpu } from '../../platform/gpu/openGpu.js';
import { problemOf } from '../../platform/gpu/useCpu.js';
import type { SessionOptions } from '../plans/sessionPlans.js';
import { Session } from '../session.js';
import { describeTrial } from './chosenDevice.js';
import { measureSpeed } from './measureSpeed.js';
import type { DeviceRequest, StartedSession } from './startedSession.js';

type SessionOnDevice = Required<StartedSession>;

/**
 * Starts a session on the GPU, or on the faster device.
 *
 * @param open opens WebGPU
 * @throws {InklingError} when model and data set do not fit together, or the memory cannot be allocated
 * @throws {MachineError} when the GPU cannot be used, and only it is allowed
 */
export async function startOnDevice(
  options: SessionOptions,
  { device, before }: DeviceRequest,
  open = openGpu,
): Promise<SessionOnDevice> {
  if (device === 'gpu') {
    const gpu = await GpuDevice.open(await open());
    const { name, isSoftware } = gpu.facts;
    const session = await startOn(gpu, options);
    return onGpuAlone(session, name, isSoftware ? ', which computes on the processor' : '');
  }
  if (options.fixedLayers) {
    return startOnCpu(options, 'the outputs of the frozen layers are computed there, and take the most time');
  }
  if (before?.kind === 'cpu') return startOnCpu(options, 'it has trained until now');
  return startOnFaster(options, before?.adapter, open);
}

/** @param known the adapter that has trained until now, which needs no trial */
async function startOnFaster(
  options: SessionOptions,
  known: string | undefined,
  open: typeof openGpu,
): Promise<SessionOnDevice> {
  const onGpu = await tryGpu(options, known, open).catch(reasonOf);
  if (typeof onGpu === 'string') return startOnCpu(options, onGpu);
  const { adapter } = onGpu;
  if (adapter === known) return onGpuAlone(onGpu.session, adapter, ', which has trained until now');
  const onCpu = await tryCpu(options).catch(async (error: unknown) => {
    if (error instanceof InklingError) return error.message;
    await onGpu.session.close();
    throw error;
  });
  if (typeof onCpu === 'string') {
    return onGpuAlone(onGpu.session, adapter, `, since the CPU failed: ${onCpu}`);
  }
  const kind = onGpu.imagesPerSecond > onCpu.imagesPerSecond ? 'gpu' : 'cpu';
  const [{ session }, other] = kind === 'gpu' ? [onGpu, onCpu] : [onCpu, onGpu];
  await other.session.close();
  const trial = { cpu: Math.round(onCpu.imagesPerSecond), gpu: Math.round(onGpu.imagesPerSecond) };
  const text = describeTrial(kind, adapter, onCpu.session.threads, trial);
  return { session, device: { kind, adapter, trial }, text };
}

/** @param addition to the name of the adapter, for the line that says what trains */
function onGpuAlone(session: Session, adapter: string, addition: string): SessionOnDevice {
  return { session, device: { kind: 'gpu', adapter }, text: `Device: GPU ${adapter}${addition}.` };
}

/** @param reason why no GPU trains */
async function startOnCpu(options: SessionOptions, reason: string): Promise<SessionOnDevice> {
  const session = await Session.start(options);
  const text = `Device: CPU (${formatPlural(session.threads, 'thread')}): ${reason}.`;
  return { session, device: { kind: 'cpu' }, text };
}

/** Why no GPU trains, without the advice to use the CPU, which trains then. */
function reasonOf(error: unknown): string {
  if (!(error instanceof InklingError)) throw error;
  return problemOf(error);
}

/** A session on the GPU, and its speed, which is not measured for the adapter that is known. */
async function tryGpu(options: SessionOptions, known: string | undefined, open: typeof openGpu) {
  const gpu = await GpuDevice.open(await open());
  const { name: adapter, isSoftware } = gpu.facts;
  if (adapter === known) return { adapter, session: await startOn(gpu, options), imagesPerSecond: 0 };
  if (isSoftware) {
    gpu.device.destroy();
    throw new MachineError(`${adapter} is not a GPU, but computes on the processor, which is slower`);
  }
  return { adapter, ...(await measured(await startOn(gpu, options), options)) };
}

/** A session on the CPU, and its speed. */
async function tryCpu(options: SessionOptions) {
  return measured(await Session.start(options), options);
}

/** A session, which is closed if that fails, with its speed. */
async function measured(session: Session, { dataset, batchSize }: SessionOptions) {
  try {
    return { session, imagesPerSecond: await measureSpeed(session, dataset, batchSize) };
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function startOn(gpu: GpuDevice, options: SessionOptions): Promise<Session> {
  try {
    return await Session.start({ ...options, start: (memoryBytes) => GpuEngine.start(gpu, memoryBytes) });
  } catch (error) {
    gpu.device.destroy();
    const { batchSize } = options;
    if (!(error instanceof GpuMemoryError) || batchSize === 1) throw error;
    throw new GpuMemoryError(`${error.message}, or batches of fewer images than ${batchSize}`);
  }
}
