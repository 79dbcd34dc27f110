import { type Config, numericSettings } from '../../train/config.js';
import { CONFIG_FILE, EVENTS_FILE } from '../runFiles.js';
import { firstDifference } from './firstDifference.js';
import type { RecordedRun } from './recordedRun.js';
import type { Difference } from './verification.js';

/** What can change when a run is resumed: its length, and the device, which the record states for each epoch. */
const CHANGEABLE = ['epochs', 'device'];

/** The first setting in a run's configuration with which it was not trained, according to its events. */
export function settingDifference({ config, events: { starts } }: RecordedRun): Difference | undefined {
  const configured = comparable(config);
  for (const [index, start] of starts.entries()) {
    const trained = comparable(start);
    const isLast = index === starts.length - 1;
    const names = [...new Set([...Object.keys(configured), ...Object.keys(trained)])];
    const changed = names.find(
      (name) =>
        (isLast || !CHANGEABLE.includes(name)) &&
        firstDifference([trained[name]], [configured[name]]) !== undefined,
    );
    if (changed !== undefined) return changedSetting(changed, configured[changed], trained[changed]);
  }
  return undefined;
}

function changedSetting(name: string, configured: unknown, trained: unknown): Difference {
  return {
    where: 'settings',
    file: CONFIG_FILE,
    what: name,
    recorded: formatSetting(configured),
    repeated: formatSetting(trained),
    reasons: [
      `${EVENTS_FILE} states the settings with which the run was trained, so one of the two files was changed after training.`,
    ],
  };
}

/** The settings that affect results. Images are compared by their content, not by their place. */
function comparable(config: Config): Readonly<Record<string, unknown>> {
  const settings = numericSettings(config);
  // When a run is resumed, it records also how its images are prepared and divided.
  return { ...settings, dataset: undefined, input: undefined, split: settings.split ?? 'random' };
}

function formatSetting(value: unknown): string {
  return value === undefined ? 'no value' : JSON.stringify(value);
}
