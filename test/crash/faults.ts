import type { FileOperation, FileOperationHook } from '#inkling/platform/fileOperations.js';

/** What can happen at an operation that changes the disk. */
export type FaultName = 'crash' | 'crash half-way' | 'ENOSPC' | 'EIO' | 'EACCES' | 'short write';

export const faultNames: readonly FaultName[] = [
  ...(['crash', 'crash half-way', 'ENOSPC', 'EIO', 'EACCES', 'short write'] as const),
];

/** The process was killed. */
export class CrashError extends Error {
  override name = 'CrashError';
}

/** Operations that need space on the disk. */
const GROWING: readonly FileOperation['kind'][] = ['create', 'append', 'write', 'makeFolder'];

/** Whether a fault can happen at an operation. */
export function applies(fault: FaultName, { kind }: FileOperation): boolean {
  switch (fault) {
    case 'crash half-way':
    case 'short write':
      return kind === 'write';
    case 'ENOSPC':
      return GROWING.includes(kind);
    case 'EACCES':
      return kind !== 'write' && kind !== 'sync' && kind !== 'syncFolder';
    case 'crash':
    case 'EIO':
      return true;
  }
}

/** A hook with a fault at one operation. */
export interface Injected {
  readonly hook: FileOperationHook;
  /** Whether the operation was reached. */
  wasReached(): boolean;
  /** The error that the operation failed with; undefined after a short write. */
  readonly error: Error | undefined;
}

/**
 * Makes a fault happen at one operation.
 *
 * After a crash, nothing changes the disk any more. A full disk remains full: nothing that needs space succeeds after half of
 * the first write. The other faults happen once.
 */
export function inject(fault: FaultName, index: number): Injected {
  const error = fault === 'short write' ? undefined : errorOf(fault);
  let next = 0;
  let isHalfWritten = false;
  return {
    error,
    wasReached: () => next > index,
    hook: (operation) => {
      const at = next++;
      if (at < index) return undefined;
      const isFirst = at === index;
      const half = Math.floor((operation.bytes ?? 0) / 2);
      switch (fault) {
        case 'short write':
          return isFirst ? Math.max(1, half) : undefined;
        case 'crash half-way':
          if (isFirst && half > 0) return half;
          throw error;
        case 'ENOSPC':
          if (!GROWING.includes(operation.kind)) return undefined;
          if (operation.kind === 'write' && !isHalfWritten && half > 0) {
            isHalfWritten = true;
            return half;
          }
          throw error;
        case 'crash':
          throw error;
        case 'EIO':
        case 'EACCES':
          if (isFirst) throw error;
          return undefined;
      }
    },
  };
}

function errorOf(fault: FaultName): Error {
  if (fault === 'crash' || fault === 'crash half-way') return new CrashError('the process was killed');
  return Object.assign(new Error(`${fault}: from the test`), { code: fault });
}
