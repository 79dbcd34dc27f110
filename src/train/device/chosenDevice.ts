import { formatCount, formatPlural } from '../../core/format.js';

/** Speeds of training in images per second. */
export interface DeviceTrial {
  readonly cpu: number;
  readonly gpu: number;
}

/** What trains where the setting `device` is not `cpu`. */
export interface ChosenDevice {
  readonly kind: 'cpu' | 'gpu';
  /** The adapter that trains or, if the CPU does, was slower; as its driver describes it. */
  readonly adapter?: string | undefined;
  /** What was measured to choose; absent if there was no choice. */
  readonly trial?: DeviceTrial | undefined;
}

/** `Device: CPU (2 threads), 41,000 images/s; GPU NVIDIA H200: 9,800 images/s.` */
export function describeTrial(
  kind: ChosenDevice['kind'],
  adapter: string,
  threads: number,
  { cpu, gpu }: DeviceTrial,
): string {
  const onCpu = [`CPU (${formatPlural(threads, 'thread')})`, speedOf(cpu)] as const;
  const onGpu = [`GPU ${adapter}`, speedOf(gpu)] as const;
  const [chosen, other] = kind === 'cpu' ? [onCpu, onGpu] : [onGpu, onCpu];
  return `Device: ${chosen.join(', ')}; ${other.join(': ')}.`;
}

function speedOf(imagesPerSecond: number): string {
  return `${formatCount(imagesPerSecond)} images/s`;
}
