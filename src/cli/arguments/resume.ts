import { type Command, Option } from 'commander';
import { UsageError } from '../../core/errors.js';
import type { PartialConfig } from '../../train/config.js';
import { readResumePoint, type ResumePoint } from '../../runs/resume.js';
import { readRun } from '../../runs/readRun.js';
import { flagNameOf, type Setting, settingsFrom } from './flags.js';
import { resolveRunFolder } from '../../runs/resolveModel.js';

/** Settings that may be others when a run goes on. */
const FREE: readonly Setting[] = ['epochs', 'threads', 'dataDir', 'runDir'];

export function addResumeFlag(command: Command): void {
  command.addOption(
    new Option(
      '--resume <RUN>',
      'go on with a run behind its last finished epoch; --epochs may be more',
    ).conflicts(['recipe', 'config', 'seeds']),
  );
}

/**
 * The run to go on with, where the command line names one.
 *
 * @throws {UsageError} when a flag would change a setting of it
 * @throws {InklingError} when there is nothing to go on with
 */
export function resumePointFrom(command: Command, settings: readonly Setting[]): ResumePoint | undefined {
  const { resume, runDir } = command.opts<{ resume?: string; runDir: string }>();
  if (resume === undefined) return undefined;
  const folder = resolveRunFolder(resume, runDir);
  const named = settingsFrom(command, settings);
  assertUnchanged(named, readRun(folder).config, folder);
  const { epochs, threads, dataDir } = named;
  const changes = Object.entries({ epochs, threads, dataDir }).filter(([, value]) => value !== undefined);
  return readResumePoint(folder, Object.fromEntries(changes));
}

function assertUnchanged(named: PartialConfig, before: PartialConfig, folder: string): void {
  for (const [setting, value] of Object.entries(named) as [Setting, unknown][]) {
    if (FREE.includes(setting) || JSON.stringify(value) === JSON.stringify(before[setting])) continue;
    const was = before[setting] === undefined ? 'without it' : `with ${JSON.stringify(before[setting])}`;
    throw new UsageError(
      `--${flagNameOf(setting)}: ${folder} was trained ${was}, and goes on as it began; got ${JSON.stringify(value)}: ` +
        'leave the flag out, or train anew',
    );
  }
}
