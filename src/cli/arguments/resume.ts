import { type Command, Option } from 'commander';
import { resolveRunFolder } from '../../runs/resolveModel.js';
import { readResumePoint, type ResumePoint } from '../../runs/resume.js';
import { flagNameOf } from './flagNames.js';
import { settingsFrom } from './flags.js';
import type { Setting } from '../../train/settings/names.js';

export function addResumeFlag(command: Command): void {
  command.addOption(
    new Option(
      '--resume <RUN>',
      'resume a run after its last completed epoch; --epochs can be increased',
    ).conflicts(['recipe', 'config', 'seeds', 'parallel', 'queue', 'trainLimits']),
  );
}

/**
 * The state of the run to resume, if the command line names one.
 *
 * @throws {UsageError} when a flag would change a setting that must stay the same
 * @throws {InklingError} when the run cannot be resumed
 */
export function resumePointFrom(command: Command, settings: readonly Setting[]): ResumePoint | undefined {
  const { resume, runDir } = command.opts<{ resume?: string; runDir: string }>();
  if (resume === undefined) return undefined;
  const folder = resolveRunFolder(resume, runDir);
  return readResumePoint(folder, settingsFrom(command, settings), (setting) => `--${flagNameOf(setting)}`);
}
