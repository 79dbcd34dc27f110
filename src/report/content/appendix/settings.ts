import { describeHardware } from '../../../train/device/usedDevices.js';
import { allSettings, FOLD_SETTINGS, type Setting } from '../../../train/settings/names.js';
import type { Block, Subsection, Text } from '../../document.js';
import type { ReportRun } from '../../reportRun.js';
import { type Context, groupsOf, runTitle } from '../context.js';
import { hasEffect, isShared, settingValue } from './settingValues.js';
import { code, reference, text } from '../text.js';

/** More columns do not fit on a page. */
const MAX_COLUMNS = 3;

/** Settings that a training in memory does not have. */
const OF_FOLDERS: readonly Setting[] = [...FOLD_SETTINGS, 'trainLimit', 'trainLimitPerClass', 'exclude'];

/** Every setting of every network, whether or not it has its default; those that no network has are named. */
export function settingsSubsection(context: Context): Subsection {
  const runs = groupsOf(context).map(([run]) => run);
  const tables = Array.from({ length: Math.ceil(runs.length / MAX_COLUMNS) }, (_, index) =>
    runs.slice(index * MAX_COLUMNS, (index + 1) * MAX_COLUMNS),
  );
  const idOf = (index: number) => `all-settings-${index + 1}`;
  return {
    id: 'all-settings',
    title: 'Settings',
    blocks: [
      {
        type: 'paragraph',
        text: [
          ...tables.flatMap((_, index): Text => [...(index === 0 ? [] : [', ']), reference(idOf(index))]),
          ...text` ${tables.length === 1 ? 'lists' : 'list'} every setting that has an effect in any run, by the name that the library and ${code('config.json')} have for it; the seeds are in ${reference('environments')}.`,
        ],
      },
      ...tables.map((columns, index) => settingsTable(idOf(index), columns, shownSettings(runs), context)),
    ],
  };
}

const isSet = (setting: Setting, runs: readonly ReportRun[]) =>
  runs.some(({ config }) => hasEffect(config, setting) && settingValue(config, setting) !== undefined);

function listedSettings(runs: readonly ReportRun[]): Setting[] {
  return allSettings
    .filter((setting) => isShared(setting) && setting !== 'seed')
    .filter((setting) => !OF_FOLDERS.includes(setting) || runs.some(({ name }) => name !== undefined));
}

function shownSettings(runs: readonly ReportRun[]): Setting[] {
  return listedSettings(runs).filter((setting) => isSet(setting, runs));
}

function settingsTable(
  id: string,
  runs: readonly ReportRun[],
  settings: readonly Setting[],
  context: Context,
): Block {
  return {
    type: 'table',
    id,
    caption: text`Every setting that has an effect; a dash stands for one that is not set in a run, or has no effect there.`,
    columns: [
      { title: 'Setting', align: 'left' },
      ...runs.map((run) => ({ title: runTitle(run, context), align: 'right' as const })),
    ],
    rows: settings.map((setting) => [
      [code(setting)],
      ...runs.map(({ config }): Text => [
        (hasEffect(config, setting) ? settingValue(config, setting)?.replaceAll(',', ', ') : undefined) ??
          '–',
      ]),
    ]),
  };
}

/** Where and when each run took place, with its seed. */
export function environmentSubsection(runs: readonly ReportRun[], context: Context): Subsection {
  return {
    id: 'environment',
    title: 'Environment and seeds',
    blocks: [
      {
        type: 'paragraph',
        text: text`${reference('environments')} lists when and where each run took place, and its seed, from which the initial weights and the order of the images follow. The training and validation images were divided with the seed ${runs[0].config.splitSeed}.`,
      },
      {
        type: 'table',
        id: 'environments',
        caption: text`Seed, start, duration, and environment of each run.`,
        columns: [
          { title: 'Run', align: 'left' },
          { title: 'Seed', align: 'right' },
          { title: 'Start (UTC)', align: 'left' },
          { title: 'Duration (s)', align: 'right' },
          { title: 'Environment', align: 'left' },
        ],
        rows: runs.map((run) => environmentRow(run, context)),
      },
    ],
  };
}

function environmentRow(run: ReportRun, context: Context): Text[] {
  const { seed, startedAt, timing, environment, version } = run.summary;
  const { totalSeconds, trainSeconds } = timing;
  return [
    [code(run.name ?? runTitle(run, context))],
    [String(seed)],
    [startedAt.slice(0, 16).replace('T', ' ')],
    [(totalSeconds ?? trainSeconds).toFixed(1)],
    environment === undefined
      ? text`Inkling ${version}`
      : text`${describeHardware(environment)}, ${environment.platform}, Node.js ${environment.node}, Inkling ${version}`,
  ];
}
