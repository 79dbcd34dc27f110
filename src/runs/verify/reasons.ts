import { VERSION } from '../../core/version.js';
import { describeMachine } from '../../platform/machine.js';
import type { Simd } from '../../platform/host.js';
import { publishedNetworkOf } from '../../train/fineTune.js';
import type { EngineInfo } from '../../train/trainingHooks.js';
import { devicesOf, type RecordedRun } from './recordedRun.js';

const KERNELS: Readonly<Record<Simd, string>> = {
  fma: 'with fused multiply-add',
  simd: 'without fused multiply-add',
};

/** What may have caused a difference in results: all that is known to be different from the run, and what the run does not say. */
export function reasonsFor(run: RecordedRun, engine: EngineInfo | undefined): string[] {
  const { summary, config, events } = run;
  const { simd, device } = engine ?? {};
  const unknown =
    (config.initFrom ?? publishedNetworkOf(config)) !== undefined && events.startingWeights === undefined
      ? ['The run does not identify the weights that it started from, which may have changed.']
      : [];
  if (summary === undefined) {
    return [
      'The run has no summary, so its version of Inkling, processor, and Node.js are unknown.',
      ...unknown,
    ];
  }
  const { environment, version } = summary;
  const now = describeMachine();
  const changes = [
    changed('version of Inkling', version, VERSION),
    changed('processor', environment.cpu, now.cpu),
    changed('system', environment.platform, now.platform),
    changed('version of Node.js', environment.node, now.node),
    device?.kind === 'gpu'
      ? changed('GPU', devicesOf(run)[0].adapter ?? 'unknown', device.adapter ?? 'unknown')
      : [],
    environment.simd && simd ? changed('build of the kernels', KERNELS[environment.simd], KERNELS[simd]) : [],
  ].flat();
  if (changes.length > 0) return [...changes, ...unknown];
  return [
    'The version of Inkling, the processor, and the version of Node.js are those of the run, so a record was changed after training, or a machine computes incorrectly.',
    ...unknown,
  ];
}

function changed(what: string, before: string, now: string): string[] {
  return before === now ? [] : [`The ${what} is another one: ${before} in the run, ${now} now.`];
}
