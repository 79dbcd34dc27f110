import { formatCount, formatPlural, formatSeconds } from '../../../core/format.js';
import { allSettings, FOLD_SETTINGS, type Setting } from '../../../train/settings/names.js';
import type { Block, Subsection, Text } from '../../document.js';
import type { ReportRun } from '../../reportRun.js';
import { type Context, groupsOf, runTitle } from '../context.js';
import { isShared, settingValue } from './settingValues.js';
import { code, reference, text } from '../text.js';

/** More columns do not fit on a page. */
const MAX_COLUMNS = 3;

/** Settings that a training in memory does not have. */
const OF_FOLDERS: readonly Setting[] = [...FOLD_SETTINGS, 'trainLimit', 'exclude'];

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
          ...text` ${tables.length === 1 ? 'lists' : 'list'} every setting that is set in any run, by the name that the library and ${code('config.json')} have for it.`,
          ...unsetText(runs),
        ],
      },
      ...tables.map((columns, index) => settingsTable(idOf(index), columns, shownSettings(runs), context)),
    ],
  };
}

const isSet = (setting: Setting, runs: readonly ReportRun[]) =>
  runs.some(({ config }) => settingValue(config, setting) !== undefined);

function listedSettings(runs: readonly ReportRun[]): Setting[] {
  return allSettings
    .filter((setting) => isShared(setting) && setting !== 'seed')
    .filter((setting) => !OF_FOLDERS.includes(setting) || runs.some(({ name }) => name !== undefined));
}

function shownSettings(runs: readonly ReportRun[]): Setting[] {
  return listedSettings(runs).filter((setting) => isSet(setting, runs));
}

/** The settings that would be a column of dashes. */
function unsetText(runs: readonly ReportRun[]): Text {
  const unset = listedSettings(runs).filter((setting) => !isSet(setting, runs));
  if (unset.length === 0) return [];
  return [
    ' Not set: ',
    ...unset.flatMap((setting, index) => [...(index === 0 ? [] : [', ']), code(setting)]),
    '.',
  ];
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
    caption: text`Every setting that is set; a dash stands for one that is not set in a run.`,
    columns: [
      { title: 'Setting', align: 'left' },
      ...runs.map((run) => ({ title: runTitle(run, context), align: 'right' as const })),
    ],
    rows: settings.map((setting) => [
      [code(setting)],
      ...runs.map(({ config }): Text => [settingValue(config, setting)?.replaceAll(',', ', ') ?? '–']),
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
          { title: 'Duration', align: 'right' },
          { title: 'Environment', align: 'left' },
        ],
        rows: runs.map((run) => environmentRow(run, context)),
      },
    ],
  };
}

function environmentRow(run: ReportRun, context: Context): Text[] {
  const { seed, startedAt, timing, environment, version } = run.summary;
  const { totalSeconds, trainSeconds, peakMemoryMB } = timing;
  const memory = peakMemoryMB === undefined ? '' : `, ${formatCount(peakMemoryMB)} MB`;
  return [
    [code(run.name ?? runTitle(run, context))],
    [String(seed)],
    [startedAt.slice(0, 16).replace('T', ' ')],
    text`${formatSeconds(totalSeconds ?? trainSeconds)}`,
    environment === undefined
      ? text`Inkling ${version}`
      : text`${environment.cpu}, ${formatPlural(environment.threads, 'thread')}, ${environment.platform}, Node.js ${environment.node}, Inkling ${version}${memory}`,
  ];
}
