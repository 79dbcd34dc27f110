import { UsageError } from '../../core/errors.js';
import { type Config, numericSettings } from '../../train/config.js';
import type { ReportRun } from '../runs.js';

/** Runs of one configuration that differ in their seeds only. */
export type RunGroup = readonly [ReportRun, ...ReportRun[]];

/** What a report is about: one run first of all, others beside it. */
export interface Context {
  readonly main: ReportRun;
  /** The run and those that differ from it in their seeds only. */
  readonly repeats: RunGroup;
  /** Other networks or settings on the same data. */
  readonly others: readonly RunGroup[];
}

/** @throws {UsageError} when the runs are of different data sets, or were tested on different images */
export function contextOf(runs: readonly [ReportRun, ...ReportRun[]]): Context {
  const datasets = [...new Set(runs.map(({ summary }) => summary.dataset.name))];
  if (datasets.length > 1) {
    throw new UsageError(
      `report: expected runs of one data set, got runs of ${datasets.join(', ')}; make a report of each`,
    );
  }
  for (const { name, evidence } of runs) {
    if (Buffer.compare(evidence.labels, runs[0].evidence.labels) !== 0) {
      throw new UsageError(
        `report: ${name} was tested on other images than ${runs[0].name}; make a report of each`,
      );
    }
  }
  const groups = new Map<string, [ReportRun, ...ReportRun[]]>();
  for (const run of runs) {
    const settings = settingsOf(run.config);
    const group = groups.get(settings);
    if (group === undefined) groups.set(settings, [run]);
    else group.push(run);
  }
  const [main] = runs;
  const [repeats = [main], ...others] = groups.values();
  return { main, repeats, others };
}

/** All settings that bear on the numbers, but for the seed. */
function settingsOf(config: Config): string {
  return JSON.stringify(numericSettings({ ...config, seed: 0 }));
}

/** What a data set is called in a text. */
export function nameOfData({ summary: { dataset } }: ReportRun): string {
  if (isGenerated(dataset)) return 'built-in digits';
  return dataset.name === 'mnist' ? 'MNIST' : dataset.name;
}

/** Whether the images were drawn by a program. */
export function isGenerated({ source }: ReportRun['summary']['dataset']): boolean {
  return source.kind === 'generated';
}

/** What a run is called beside others: its network, where that tells it from them. */
export function titleOf(run: ReportRun, { main, others }: Context): string {
  const models = [main, ...others.map(([first]) => first)].map(({ summary }) => summary.model.name);
  const { name } = run.summary.model;
  return models.filter((model) => model === name).length > 1 ? run.name : name;
}
