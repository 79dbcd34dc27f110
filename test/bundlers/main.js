// The entry point of a page: makes the result available to the test.
import { run } from './app.js';

run().then(
  (result) => {
    globalThis.result = result;
  },
  (error) => {
    globalThis.result = { error: String(error?.stack ?? error) };
  },
);
