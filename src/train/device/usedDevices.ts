import * as z from 'zod/mini';
import { formatPlural } from '../../core/format.js';
import { positiveInteger } from '../../core/validate.js';
import type { ChosenDevice } from './chosenDevice.js';

const usedDeviceSchema = z.object({
  /** The first epoch that it trained. */
  from: positiveInteger,
  kind: z.enum(['cpu', 'gpu']),
  /** The adapter of the GPU that trained or, if the CPU did, was slower; as its driver describes it. */
  adapter: z.optional(z.string()),
  /** The images per second that were measured to choose. */
  trial: z.optional(z.object({ cpu: z.number(), gpu: z.number() })),
});

/** The devices that trained a run, one after another. */
export const usedDevicesSchema = z.readonly(z.array(usedDeviceSchema));

export type UsedDevice = Readonly<z.infer<typeof usedDeviceSchema>>;

/**
 * The devices of a run, of which one more trains. Runs that only the CPU trained, without a choice, have no record of it.
 *
 * @param before those until now
 * @param completed how many epochs they trained
 */
export function addDevice(
  before: readonly UsedDevice[] | undefined,
  device: ChosenDevice | undefined,
  completed: number,
): readonly UsedDevice[] | undefined {
  if (device === undefined && before === undefined) return undefined;
  const earlier = before ?? (completed === 0 ? [] : [{ from: 1, kind: 'cpu' as const }]);
  const next: UsedDevice = { from: completed + 1, ...(device ?? { kind: 'cpu' }) };
  const last = earlier.at(-1);
  const isSame = last?.kind === next.kind && (next.kind === 'cpu' || last.adapter === next.adapter);
  return isSame ? earlier : [...earlier.filter(({ from }) => from < next.from), next];
}

/** Those that completed an epoch, or the one that began, if none did. */
export function devicesUntil(devices: readonly UsedDevice[], completed: number): readonly UsedDevice[] {
  return devices.filter(({ from }, index) => index === 0 || from <= completed);
}

/** `the GPU NVIDIA H200` */
export function describeDevice({ kind, adapter }: UsedDevice): string {
  return kind === 'gpu' ? `the GPU ${adapter ?? 'of an unknown name'}` : 'the CPU';
}

/** Where a run was trained, with the GPUs that took part: `Intel Xeon, 2 threads, GPU NVIDIA H200 (epochs 1 to 3)` */
export function describeHardware({
  cpu,
  threads,
  devices = [],
}: {
  readonly cpu: string;
  readonly threads: number;
  readonly devices?: readonly UsedDevice[] | undefined;
}): string {
  const gpus = devices.flatMap((device, index) => {
    if (device.kind === 'cpu') return [];
    const next = devices.at(index + 1);
    const epochs =
      next !== undefined
        ? ` (epochs ${device.from} to ${next.from - 1})`
        : device.from > 1
          ? ` (from epoch ${device.from})`
          : '';
    return [`GPU ${device.adapter ?? 'of an unknown name'}${epochs}`];
  });
  return [cpu, formatPlural(threads, 'thread'), ...gpus].join(', ');
}
