import { InklingError, MachineError } from '../../core/errors.js';
import { formatPlural } from '../../core/format.js';
import { GpuDevice } from '../../engine/webgpu/gpuDevice.js';
import { GpuEngine } from '../../engine/webgpu/gpuEngine.js';
import { openGpu } from '../../platform/gpu/openGpu.js';
import { USE_CPU } from '../../platform/gpu/useCpu.js';
import type { Config } from '../config.js';
import type { SessionOptions } from '../plans/sessionPlans.js';
import { Session } from '../session.js';
import { describeTrial } from './chosenDevice.js';
import { measureSpeed } from './measureSpeed.js';
import type { StartedSession } from './startedSession.js';

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
  device: Exclude<Config['device'], 'cpu'>,
  open = openGpu,
): Promise<SessionOnDevice> {
  if (device === 'auto') return startOnFaster(options, open);
  const gpu = await GpuDevice.open(await open());
  const { name, isSoftware } = gpu.facts;
  return {
    session: await startOn(gpu, options),
    device: { kind: 'gpu', adapter: name },
    text: `Device: GPU ${name}${isSoftware ? ', which computes on the processor' : ''}.`,
  };
}

async function startOnFaster(options: SessionOptions, open: typeof openGpu): Promise<SessionOnDevice> {
  if (options.fixedLayers) {
    return startOnCpu(options, 'the outputs of the frozen layers are computed there, and take the most time');
  }
  const onGpu = await tryGpu(options, open).catch(reasonOf);
  if (typeof onGpu === 'string') return startOnCpu(options, onGpu);
  const { adapter } = onGpu;
  const onCpu = await tryCpu(options).catch(async (error: unknown) => {
    if (error instanceof InklingError) return error.message;
    await onGpu.session.close();
    throw error;
  });
  if (typeof onCpu === 'string') {
    const text = `Device: GPU ${adapter}, since the CPU failed: ${onCpu}.`;
    return { session: onGpu.session, device: { kind: 'gpu', adapter }, text };
  }
  const kind = onGpu.imagesPerSecond > onCpu.imagesPerSecond ? 'gpu' : 'cpu';
  const [{ session }, other] = kind === 'gpu' ? [onGpu, onCpu] : [onCpu, onGpu];
  await other.session.close();
  const trial = { cpu: Math.round(onCpu.imagesPerSecond), gpu: Math.round(onGpu.imagesPerSecond) };
  const text = describeTrial(kind, adapter, onCpu.session.threads, trial);
  return { session, device: { kind, adapter, trial }, text };
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
  return error.message
    .replace(/^GPU: /, '')
    .split(USE_CPU)[0]
    .replace(/(; |, or )$/, '');
}

/** A session on the GPU, and its speed. */
async function tryGpu(options: SessionOptions, open: typeof openGpu) {
  const gpu = await GpuDevice.open(await open());
  const { name: adapter, isSoftware } = gpu.facts;
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
    throw error;
  }
}
