import { hasFolders, openFolder } from './folder.js';
import { OtherFormatError } from './labIndex.js';
import type { LabState } from './labState.js';
import { DamagedError } from './sealed.js';
import type { StorageProblem } from './storageProblem.js';
import { Store } from './store.js';

/** The name of the folder, and of the lock that the tab holds which uses it. */
const NAME = 'inkling-lab';
/** A tab that is reloaded releases its lock in this time. */
const MAX_WAIT_MS = 1000;

/** What keeps the state of the lab on the device, and what it has kept. */
export interface LabStorage {
  /** Undefined if nothing is kept. */
  readonly store: Store | undefined;
  readonly saved: LabState | undefined;
  readonly problem: StorageProblem | undefined;
}

/** Opens the storage of the lab, which only one tab uses. */
export async function openStorage(): Promise<LabStorage> {
  if (!hasFolders() || !('locks' in navigator)) return withoutStore('unavailable');
  if (!(await holdsLock())) return withoutStore('otherTab');
  try {
    return await loadFrom(new Store(await openFolder(NAME)));
  } catch {
    // Some browsers allow it in no private window.
    return withoutStore('unavailable');
  }
}

async function loadFrom(store: Store): Promise<LabStorage> {
  try {
    return { store, saved: await store.load(), problem: undefined };
  } catch (error) {
    const isDamaged = error instanceof DamagedError;
    if (!isDamaged && !(error instanceof OtherFormatError)) throw error;
    await store.discard();
    return { store, saved: undefined, problem: { code: isDamaged ? 'damaged' : 'otherVersion' } };
  }
}

function withoutStore(code: 'unavailable' | 'otherTab'): LabStorage {
  return { store: undefined, saved: undefined, problem: { code } };
}

/** Whether no other tab uses the storage; none can until this one is closed. */
function holdsLock(): Promise<boolean> {
  return new Promise((resolve) => {
    const holding = navigator.locks.request(NAME, { signal: AbortSignal.timeout(MAX_WAIT_MS) }, () => {
      resolve(true);
      return new Promise<never>(() => undefined);
    });
    holding.catch(() => {
      resolve(false);
    });
  });
}
