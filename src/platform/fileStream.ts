import { Writable } from 'node:stream';
import { attempt } from './fileErrors.js';
import { createFile, type WritableFile } from './fileOperations.js';

/**
 * A stream that writes a new file.
 *
 * @returns a stream that fails with an InklingError if the file exists or cannot be written
 */
export function fileStream(path: string): Writable {
  let file: WritableFile | undefined;
  return new Writable({
    construct: settle(() => {
      file = attempt('write', path, () => createFile(path));
    }),
    write(chunk: Uint8Array, _encoding, done) {
      settle(() => {
        attempt('write', path, () => file?.write(chunk));
      })(done);
    },
    destroy(error, done) {
      file?.close();
      done(error);
    },
  });
}

/** Runs a task and reports its error to a stream. */
function settle(task: () => void): (done: (error?: Error | null) => void) => void {
  return (done) => {
    try {
      task();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    done();
  };
}
