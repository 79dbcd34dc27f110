import { hrefOf } from '../../components/route.js';
import type { Store } from './store.js';

/** What the lab and its components store begins with this. */
const PREFIX = 'inkling-';

/** Removes everything that the lab keeps on this device, and starts it again. */
export async function resetLab(store: Store | undefined): Promise<void> {
  await store?.clear();
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  }
  location.hash = hrefOf('data');
  location.reload();
}
