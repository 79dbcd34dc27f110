// A worker or service worker of the application: sends its result to the page that starts it or asks for it.
import { run } from './app.js';

const result = run().catch((error) => ({ error: String(error?.stack ?? error) }));
if (typeof globalThis.clients === 'undefined') result.then((value) => globalThis.postMessage(value));
else {
  globalThis.addEventListener('message', ({ source }) => {
    result.then((value) => source.postMessage(value));
  });
}
