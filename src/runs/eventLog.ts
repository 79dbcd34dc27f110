import { join } from 'node:path';
import * as z from 'zod';
import { checkRecord } from '../core/record.js';
import { fileBytes, kindOf, readRange } from '../platform/files.js';
import { savedEpochRecordSchema } from '../train/epochRecord.js';
import { progressSchema } from '../train/events.js';
import { EVENTS_FILE } from './runFiles.js';

/** Maximum number of bytes read from an event log at a time. */
const MAX_EVENT_BYTES = 1 << 24;

/** An event as read from `events.jsonl`: all that is needed to follow a run. */
export const loggedEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started') }),
  z.object({ ...progressSchema.shape, type: z.literal('progress') }),
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
  const { lines, end } = readLines(folder, start, maxBytes);
  return { events: lines.flatMap((line) => parseEvent(line) ?? []), end };
}

/**
 * Reads the epochs of a run and its last event, without checking the many events between that report progress.
 *
 * @throws {InklingError} when the log cannot be read
 */
export function readEpochs(folder: string): {
  epochs: z.infer<typeof savedEpochRecordSchema>[];
  last: LoggedEvent | undefined;
} {
  const { lines } = readLines(folder, 0, MAX_EVENT_BYTES);
  const epochs = lines
    .filter((line) => line.includes('"type":"epoch"'))
    .map(parseEvent)
    .flatMap((event) => (event?.type === 'epoch' ? [event.record] : []));
  for (let index = lines.length - 1; index >= 0; index--) {
    const last = parseEvent(lines[index]);
    if (last !== undefined) return { epochs, last };
  }
  return { epochs, last: undefined };
}

/**
 * Reads all events of a run with everything that was recorded of them.
 *
 * @returns lines that are not events, or are damaged, are left out
 * @throws {InklingError} when the log cannot be read
 */
export function readRecordedEvents(folder: string): unknown[] {
  const events: unknown[] = [];
  for (let start = 0; ;) {
    const { lines, end } = readLines(folder, start, MAX_EVENT_BYTES);
    for (const line of lines) {
      const event = parseLine(line) ?? undefined;
      if (event !== undefined) events.push(event);
    }
    if (end === start) return events;
    start = end;
  }
}

function readLines(folder: string, start: number, maxBytes: number): { lines: string[]; end: number } {
  const path = join(folder, EVENTS_FILE);
  const bytes = kindOf(path) === 'file' ? Math.min(maxBytes, fileBytes(path) - start) : 0;
  if (bytes <= 0) return { lines: [], end: start };
  const part = readRange(path, start, bytes);
  const length = part.lastIndexOf('\n'.charCodeAt(0)) + 1;
  if (length === 0 && maxBytes < MAX_EVENT_BYTES) return readLines(folder, start, MAX_EVENT_BYTES);
  return { lines: new TextDecoder().decode(part.subarray(0, length)).split('\n'), end: start + length };
}

function parseEvent(line: string): LoggedEvent | undefined {
  return loggedEventSchema.safeParse(parseLine(line)).data;
}

function parseLine(line: string): unknown {
  try {
    return checkRecord(JSON.parse(line), EVENTS_FILE);
  } catch {
    return undefined;
  }
}
