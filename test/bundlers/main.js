// The entry point of a page: makes the result available to the test.
import { run } from './app.js';

run().then(
  (result) => {
    window.result = result;
  },
  (error) => {
    window.result = { error: String(error?.stack ?? error) };
  },
);
