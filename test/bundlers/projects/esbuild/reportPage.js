// A page that makes a report: makes the result available to the test.
import { nodeOnly, report } from './report.js';

Promise.all([report(), nodeOnly()]).then(
  ([result, errors]) => {
    globalThis.result = { ...result, errors };
  },
  ({ name, message }) => {
    globalThis.result = { error: `${name}: ${message}` };
  },
);
