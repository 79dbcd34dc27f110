import { join } from 'node:path';
import { z } from 'zod';
import { checkRecord } from '../core/record.js';
import { fileBytes, kindOf, readRange } from '../platform/files.js';
import { savedEpochRecordSchema } from '../train/epochRecord.js';
import { progressSchema } from '../train/events.js';
import { EVENTS_FILE } from './runFolder.js';

/** Maximum number of bytes read from an event log at a time. */
const MAX_EVENT_BYTES = 1 << 24;

/** An event as read from `events.jsonl`: all that is needed to follow a run. */
export const loggedEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started') }),
  progressSchema.extend({ type: z.literal('progress') }),
  z.object({ type: z.literal('epoch'), isBest: z.boolean(), record: savedEpochRecordSchema }),
  z.object({ type: z.literal('finished') }),
]);

export type LoggedEvent = Readonly<z.infer<typeof loggedEventSchema>>;

/** A part of a run's event log. */
export interface LogPart {
  /** Lines that are not events, or are damaged, are left out. */
  readonly events: readonly LoggedEvent[];
  /** Offset of the first byte after the last complete line. */
  readonly end: number;
}

/**
 * Reads the events of a run from a byte offset on. A line that is not complete yet is left for the next call.
 *
 * @param maxBytes how much is read, unless the first line is longer
 * @throws {InklingError} when the log cannot be read
 */
export function readEvents(folder: string, start = 0, maxBytes = MAX_EVENT_BYTES): LogPart {
  const path = join(folder, EVENTS_FILE);
  const bytes = kindOf(path) === 'file' ? Math.min(maxBytes, fileBytes(path) - start) : 0;
  if (bytes <= 0) return { events: [], end: start };
  const part = readRange(path, start, bytes);
  const length = part.lastIndexOf('\n'.charCodeAt(0)) + 1;
  if (length === 0 && bytes === maxBytes && maxBytes < MAX_EVENT_BYTES) return readEvents(folder, start);
  const lines = new TextDecoder().decode(part.subarray(0, length)).split('\n');
  return { events: lines.flatMap((line) => parseEvent(line) ?? []), end: start + length };
}

function parseEvent(line: string): LoggedEvent | undefined {
  try {
    return loggedEventSchema.safeParse(checkRecord(JSON.parse(line), EVENTS_FILE)).data;
  } catch {
    return undefined;
  }
}
