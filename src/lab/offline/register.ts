/** Remembers that the page was reloaded for isolation, so that it is not reloaded forever where that has no effect. */
const RELOADED = 'inkling-lab-reloaded';

/**
 * Registers the service worker, with which the lab works offline and may use several threads on any host.
 *
 * @param isUntouched whether nothing would be lost if the page were reloaded, which isolates it where the host did not
 */
export async function registerServiceWorker(isUntouched: () => boolean): Promise<void> {
  // Browsers have none where the connection is not secure, nor in some private windows.
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const reload = () => {
    if (crossOriginIsolated || sessionStorage.getItem(RELOADED) !== null || !isUntouched()) return;
    sessionStorage.setItem(RELOADED, 'yes');
    location.reload();
  };
  serviceWorker.addEventListener('controllerchange', reload);
  await serviceWorker.register('./serviceWorker.js');
}
