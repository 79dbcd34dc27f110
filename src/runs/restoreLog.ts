import { join } from 'node:path';
import { encodeRecord } from '../core/record.js';
import { appendLine, fileBytes, kindOf } from '../platform/files.js';
import type { Config } from '../train/config.js';
import type { EpochRecord } from '../train/epochRecord.js';
import { bestOf } from '../train/trainer.js';
import { readEvents } from './eventLog.js';
import { EVENTS_FILE } from './runFiles.js';

/**
 * Completes the event log of a run that is resumed: a line that was cut off when its process was killed is ended, so that it does not
 * swallow the next event, and epochs that were completed but not logged are added.
 *
 * @throws {InklingError} when the log cannot be read or written
 */
export function restoreLog(
  folder: string,
  epochs: readonly EpochRecord[],
  { monitor }: Pick<Config, 'monitor'>,
): void {
  const path = join(folder, EVENTS_FILE);
  let log = readLog(folder);
  if (kindOf(path) === 'file' && log.end < fileBytes(path)) {
    appendLine(path, '');
    // The line may be complete except for its end.
    log = readLog(folder);
  }
  for (const [index, record] of epochs.entries()) {
    if (log.epochs.has(record.epoch)) continue;
    const isBest = bestOf(epochs.slice(0, index + 1), monitor) === record;
    appendLine(path, encodeRecord({ time: new Date().toISOString(), type: 'epoch', isBest, record }));
  }
}

/** The logged epochs, and the end of the last complete line. */
function readLog(folder: string): { readonly epochs: ReadonlySet<number>; readonly end: number } {
  const epochs = new Set<number>();
  for (let start = 0; ;) {
    const { events, end } = readEvents(folder, start);
    for (const event of events) if (event.type === 'epoch') epochs.add(event.record.epoch);
    if (end === start) return { epochs, end };
    start = end;
  }
}
