import { InklingError, MachineError, messageOf } from '../core/errors.js';
import { codeOf } from '../platform/fileErrors.js';
import type { Size } from './decodedImage.js';
import type { ThreadFailure } from './decoderThread.js';

/** Why an image file was not decoded. */
export interface DecodeProblem {
  readonly problem: string;
  /** Whether the machine is the cause, such as insufficient memory: the file may be valid, and trying again may help. */
  readonly isMachineFailure: boolean;
  /** Whether the file took too much processor time, which a faster machine may not need. */
  readonly isTooSlow?: boolean;
}

/** What a thread responds instead of an image with more pixels than it was to decode now. */
export interface LargeImage {
  readonly largePixels: number;
}

/** Thrown before such an image is decoded. */
export class LargeImageError extends InklingError {
  readonly response: LargeImage;

  constructor({ width, height }: Size) {
    super('the image has more pixels than were to be decoded');
    this.response = { largePixels: width * height };
  }
}

/** Error codes of the system for insufficient memory, threads or open files. */
const RESOURCE_CODES: readonly (string | undefined)[] = ['ENOMEM', 'EAGAIN', 'EMFILE', 'ENFILE'];
/** Messages of V8, WebAssembly and Emscripten about insufficient memory. */
const MEMORY_MESSAGE =
  /out of memory|allocation failed|(cannot|could not|failed to) (allocate|enlarge)|\bOOM\b/i;

/** Describes an error caused by the machine; undefined if the file may be the cause. */
export function machineErrorOf(error: unknown): MachineError | undefined {
  if (error instanceof MachineError) return error;
  const message = messageOf(error);
  if (!RESOURCE_CODES.includes(codeOf(error)) && !MEMORY_MESSAGE.test(message)) return undefined;
  return new MachineError(describeMissing(message), { cause: error });
}

/** Describes the problem with an image file or with the machine. */
export function problemOf(error: unknown): DecodeProblem {
  const machineError = machineErrorOf(error);
  if (machineError !== undefined) return { problem: machineError.message, isMachineFailure: true };
  const problem =
    error instanceof InklingError ? error.message : `the image cannot be decoded: ${messageOf(error)}`;
  return { problem, isMachineFailure: false };
}

/**
 * Why a thread did not respond. It counts as a machine failure, because the thread found no problem with the file, unless the file
 * took too much processor time.
 */
export function problemOfFailure(result: ThreadFailure, timeoutMs: number): DecodeProblem {
  const problem = describeFailure(result, timeoutMs);
  return result.failure === 'processorTime'
    ? { problem, isMachineFailure: false, isTooSlow: true }
    : { problem, isMachineFailure: true };
}

function describeFailure(result: ThreadFailure, timeoutMs: number): string {
  switch (result.failure) {
    case 'timeout':
      return `decoding took longer than ${timeoutMs / 1000} s and was stopped; try again when the machine is less busy, or use a simpler image`;
    case 'processorTime':
      return `decoding took more than ${(result.limitMs / 1000).toFixed(1)} s of processor time and was stopped; the file may be damaged: save it again, or use a simpler or smaller image`;
    case 'crash':
      return MEMORY_MESSAGE.test(result.reason) || /memory/i.test(result.reason)
        ? describeMissing(result.reason)
        : `the decoder's thread ended (${result.reason}); try again`;
    case 'stopped':
      return 'the image was not decoded, because decoding was stopped';
  }
}

function describeMissing(reason: string): string {
  return `not enough memory or threads to decode images (${reason}); close other programs, or raise the limits (ulimit -v, containers)`;
}

/** In a worker thread: keeps the TIFF decoder, which logs to standard output, from corrupting the command's output. */
export function silenceDecoders(): void {
  console.log = () => undefined;
}
