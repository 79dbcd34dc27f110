import { InklingError, MachineError, messageOf } from '../../core/errors.js';
import { formatPlural } from '../../core/format.js';
import { GpuDevice } from '../../engine/webgpu/gpuDevice.js';
import { GpuEngine } from '../../engine/webgpu/gpuEngine.js';
import { openGpu } from '../../platform/gpu/openGpu.js';
import type { Config } from '../config.js';
import type { SessionOptions } from '../plans/sessionPlans.js';
import { Session } from '../session.js';
import { type ChosenDevice, describeTrial } from './chosenDevice.js';
import { measureSpeed } from './measureSpeed.js';

interface StartedSession {
  readonly session: Session;
  readonly device: ChosenDevice;
  /** Which device trains, and why, in one line. */
  readonly text: string;
}

/**
 * Starts a session on the GPU, or on the faster device.
 *
 * @param open opens WebGPU
 * @throws {MachineError} when the GPU cannot be used, and only it is allowed
 */
export async function startOnDevice(
  options: SessionOptions,
  device: Exclude<Config['device'], 'cpu'>,
  open = openGpu,
): Promise<StartedSession> {
  if (device === 'auto') return startOnFaster(options, open);
  const gpu = await openDevice(open);
  const { name, isSoftware } = gpu.facts;
  return {
    session: await startOn(gpu, options),
    device: { kind: 'gpu', adapter: name },
    text: `Device: GPU ${name}${isSoftware ? ', which computes on the processor' : ''}.`,
  };
}

async function startOnFaster(options: SessionOptions, open: typeof openGpu): Promise<StartedSession> {
  const { dataset, batchSize, threads } = options;
  if (options.fixedLayers) {
    return startOnCpu(options, 'the outputs of the frozen layers are computed there, and take the most time');
  }
  const tried = await tryGpu(options, open).catch((error: unknown) => {
    if (!(error instanceof InklingError)) throw error;
    return error.message;
  });
  if (typeof tried === 'string') return startOnCpu(options, tried);
  const { adapter, session: onGpu, imagesPerSecond: gpu } = tried;
  const onCpu = await Session.start(options);
  const cpu = await measureSpeed(onCpu, dataset, batchSize);
  const kind = gpu > cpu ? 'gpu' : 'cpu';
  const [session, other] = kind === 'gpu' ? [onGpu, onCpu] : [onCpu, onGpu];
  await other.close();
  const trial = { cpu: Math.round(cpu), gpu: Math.round(gpu) };
  const text = describeTrial(kind, adapter, threads, trial);
  return { session, device: { kind, adapter, trial }, text };
}

/** @param reason why no GPU trains */
async function startOnCpu(options: SessionOptions, reason: string): Promise<StartedSession> {
  const session = await Session.start(options);
  const text = `Device: CPU (${formatPlural(session.threads, 'thread')}): ${reason.replace(/^GPU: /, '')}`;
  return { session, device: { kind: 'cpu' }, text };
}

/** A session on the GPU, and its speed. */
async function tryGpu(options: SessionOptions, open: typeof openGpu) {
  const gpu = await openDevice(open);
  const { name, isSoftware } = gpu.facts;
  if (isSoftware) {
    gpu.device.destroy();
    throw new MachineError(`${name} is not a GPU, but computes on the processor, which is slower`);
  }
  const session = await startOn(gpu, options);
  try {
    const imagesPerSecond = await measureSpeed(session, options.dataset, options.batchSize);
    return { adapter: name, session, imagesPerSecond };
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function openDevice(open: typeof openGpu): Promise<GpuDevice> {
  const access = await open();
  try {
    return await GpuDevice.open(access);
  } catch (error) {
    if (error instanceof MachineError) throw error;
    // An adapter may refuse its own limits, with a reason of the driver.
    throw new MachineError(
      error instanceof InklingError
        ? error.message
        : `GPU: the driver opened no device: ${messageOf(error)}; update it, or use the device cpu`,
      { cause: error },
    );
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
