import { parseConfig } from '../../../train/config.js';
import { flagOf } from '../../../train/settings/flagOf.js';
import { allSettings } from '../../../train/settings/names.js';
import type { Block, Subsection } from '../../document.js';
import type { ReportRun } from '../../reportRun.js';
import { type Context, runTitle, runsOf } from '../context.js';
import { isShared, settingValue } from './settingValues.js';
import { reference, text } from '../text.js';

/** The command that repeats each run; no command repeats a training in memory. */
export function commandsSubsections(context: Context): Subsection[] {
  const runs = runsOf(context).filter(({ name }) => name !== undefined);
  if (runs.length === 0) return [];
  const recorded = [...new Set(runs.flatMap(({ summary }) => summary.command ?? []))];
  const blocks: Block[] = [
    {
      type: 'paragraph',
      text: text`${reference('listing-commands')} trains each network of this report again.`,
    },
    {
      type: 'listing',
      id: 'listing-commands',
      language: 'sh',
      caption: text`The command that repeats each run.`,
      code: runs
        .map((run) => `# ${runTitle(run, context)}, seed ${run.summary.seed}\n${commandOf(run)}`)
        .join('\n\n'),
    },
    ...(recorded.length === 0 ? [] : recordedBlocks(recorded)),
  ];
  return [{ id: 'commands', title: 'Commands', blocks }];
}

function recordedBlocks(recorded: readonly string[]): Block[] {
  return [
    { type: 'paragraph', text: text`The runs were started as in ${reference('listing-started')}.` },
    {
      type: 'listing',
      id: 'listing-started',
      language: 'sh',
      caption: text`The commands with which the runs were started.`,
      code: recorded.join('\n'),
    },
  ];
}

/** `inkling train` with the settings that differ from their defaults. */
function commandOf({ config, summary }: ReportRun): string {
  if (summary.stopReason === 'imported') return `inkling import FILE --model ${summary.model.name}`;
  const defaults = parseConfig({});
  const parts = allSettings.filter(isShared).flatMap((setting) => {
    const value = settingValue(config, setting);
    if (value === undefined || setting === 'name' || value === settingValue(defaults, setting)) return [];
    const { name, value: placeholder } = flagOf(setting);
    return placeholder === undefined ? `--${name}` : `--${name} ${quoted(value)}`;
  });
  return folded(['inkling train', ...parts]);
}

function quoted(value: string): string {
  return /^[\w.,=/:-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

/** Lines of at most so many characters, which a shell joins. */
const MAX_LINE = 78;

function folded(parts: readonly string[]): string {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length + 3 <= MAX_LINE)
      lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(lines.length === 0 ? part : `  ${part}`);
  }
  return lines.join(' \\\n');
}
