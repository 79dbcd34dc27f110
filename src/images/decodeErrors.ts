import { InklingError, MachineError, messageOf } from '../core/errors.js';
import { codeOf } from '../platform/fileErrors.js';
import type { ThreadFailure } from './decoderThread.js';

/** Why an image file was not decoded. */
export interface DecodeProblem {
  readonly problem: string;
  /** Whether the machine is the cause, such as missing memory: the file may be fine, and trying again may help. */
  readonly isMachineFailure: boolean;
}

/** What the system reports when it has too little memory, threads or open files. */
const RESOURCE_CODES: readonly (string | undefined)[] = ['ENOMEM', 'EAGAIN', 'EMFILE', 'ENFILE'];
/** How V8, WebAssembly and Emscripten say that memory is missing. */
const MEMORY_MESSAGE =
  /out of memory|allocation failed|(cannot|could not|failed to) (allocate|enlarge)|\bOOM\b/i;

/** An error that the machine caused, in words for the user; undefined if the cause may be the file. */
export function machineErrorOf(error: unknown): MachineError | undefined {
  if (error instanceof MachineError) return error;
  const message = messageOf(error);
  if (!RESOURCE_CODES.includes(codeOf(error)) && !MEMORY_MESSAGE.test(message)) return undefined;
  return new MachineError(describeMissing(message), { cause: error });
}

/** What is wrong with an image file, or with the machine, in words for the user. */
export function problemOf(error: unknown): DecodeProblem {
  const machineError = machineErrorOf(error);
  if (machineError !== undefined) return { problem: machineError.message, isMachineFailure: true };
  const problem =
    error instanceof InklingError ? error.message : `the image cannot be decoded: ${messageOf(error)}`;
  return { problem, isMachineFailure: false };
}

/** Why a thread did not respond. The machine is taken for the cause, since it may be: the thread did not find fault with the file. */
export function problemOfFailure(result: ThreadFailure, timeoutMs: number): DecodeProblem {
  return { problem: describeFailure(result, timeoutMs), isMachineFailure: true };
}

function describeFailure(result: ThreadFailure, timeoutMs: number): string {
  switch (result.failure) {
    case 'timeout':
      return `decoding took longer than ${timeoutMs / 1000} s and was stopped; try again when the machine is less busy, or use a simpler image`;
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

/** In a worker thread: keeps the GIF and TIFF decoders, which log to standard output, from corrupting the command's output. */
export function silenceDecoders(): void {
  console.log = () => undefined;
}
