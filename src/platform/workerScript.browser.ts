import { messageOf } from '../core/errors.js';
import type { StartProgram, WorkerEvents, WorkerHandle } from './host.js';

/** The program that has a script of its own, since few pages train on a GPU. */
export const GPU_PROGRAM = 'gpu';

/** The first message to a worker. */
interface Start {
  readonly program: string;
  readonly data: unknown;
}

/** The URL of the script of each program. */
const urls = new Map<string, Promise<string>>();

/** The URL of a worker script, which is part of the bundle: a blob, so that no bundler must find a file. */
async function scriptUrl(program: string): Promise<string> {
  const { default: source } = await (program === GPU_PROGRAM
    ? import('inkling:gpuWorker')
    : import('inkling:worker'));
  // In a worker that starts others, the script is already loaded.
  return source === undefined
    ? location.href
    : URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
}

/** Starts one of the script's programs in a worker. Messages that are posted before it has started wait for it. */
export function startScript(program: string, data: unknown, events: WorkerEvents): WorkerHandle {
  let isTerminated = false;
  const url = urls.get(program) ?? scriptUrl(program);
  urls.set(program, url);
  // A script that could not be loaded is loaded again the next time.
  url.catch(() => urls.delete(program));
  const started = url.then((script) => {
    const worker = new Worker(script);
    worker.onmessage = ({ data: message }: MessageEvent<unknown>) => {
      events.onMessage(message);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      // A script that the page's policy does not allow has no message.
      events.onFailure(event.message || 'the browser did not run it');
    };
    const start: Start = { program, data };
    worker.postMessage(start);
    return worker;
  });
  started.catch((error: unknown) => {
    if (!isTerminated) events.onFailure(messageOf(error));
  });
  const whenStarted = (action: (worker: Worker) => void) => started.then(action, () => undefined);
  return {
    post(message) {
      void whenStarted((worker) => {
        worker.postMessage(message);
      });
    },
    unref: () => undefined,
    async terminate() {
      isTerminated = true;
      await whenStarted((worker) => {
        worker.terminate();
      });
    },
  };
}

/** In the worker script: runs the program that the first message names, which handles all later messages. */
export function runPrograms(programs: Readonly<Record<string, StartProgram>>): void {
  const post = (message: unknown) => {
    postMessage(message);
  };
  onmessage = ({ data: first }: MessageEvent<Start>) => {
    const handle = programs[first.program](first.data, post);
    onmessage = ({ data: message }: MessageEvent<unknown>) => {
      handle(message);
    };
  };
}
