import { setTimeout } from 'node:timers/promises';
import { linePng } from './samples.js';

/** What a good client experienced. */
export interface Outcome {
  readonly kind: string;
  readonly milliseconds: number;
  /** Why it failed; undefined if the response was as expected. */
  readonly failure: string | undefined;
}

export interface GoodOptions {
  readonly url: string;
  readonly run: string;
  readonly signal: AbortSignal;
  readonly onOutcome: (outcome: Outcome) => void;
  /** The pause after each request. */
  readonly pauseMs: number;
}

const PIXELS = JSON.stringify({
  pixels: Array.from({ length: 784 }, (_, at) => Number(at % 28 === 14 && at > 112 && at < 672)),
});
const PNG = new Uint8Array(linePng(64));
const LARGER_PNG = new Uint8Array(linePng(300));

type Send = (options: GoodOptions) => Promise<Response>;

const post = (url: string, body: BodyInit, type?: string) =>
  fetch(`${url}/v1/predict`, { method: 'POST', body, ...(type && { headers: { 'content-type': type } }) });

/** The mixed load: what programs and the page request. */
const requests: Readonly<Record<string, Send>> = {
  pixels: ({ url }) => post(url, PIXELS, 'application/json'),
  png: ({ url }) => post(url, PNG, 'image/png'),
  'larger png': ({ url }) => post(url, LARGER_PNG, 'image/png'),
  form: ({ url }) => {
    const form = new FormData();
    for (const name of ['a.png', 'b.png']) form.append('file', new Blob([PNG]), name);
    return post(url, form);
  },
  page: ({ url }) => fetch(`${url}/`),
  model: ({ url }) => fetch(`${url}/api/model`),
  'data set': ({ url }) => fetch(`${url}/api/data/digits`),
  images: ({ url }) => fetch(`${url}/api/data/digits/test?label=3&count=50`),
  runs: ({ url }) => fetch(`${url}/api/runs`),
  run: ({ url, run }) => fetch(`${url}/api/runs/${run}`),
  events: ({ url, run }) => fetch(`${url}/api/runs/${run}/events`),
  health: ({ url }) => fetch(`${url}/health`),
};

/** Sends requests of random kinds, one after the other, until the signal aborts. */
export async function runGoodClient(options: GoodOptions): Promise<void> {
  const kinds = Object.keys(requests);
  while (!options.signal.aborted) {
    const kind = kinds[Math.floor(Math.random() * kinds.length)];
    const started = performance.now();
    const failure = await attempt(kind, options);
    options.onOutcome({ kind, milliseconds: performance.now() - started, failure });
    await setTimeout(options.pauseMs * (0.5 + Math.random()));
  }
}

async function attempt(kind: string, options: GoodOptions): Promise<string | undefined> {
  try {
    const response = await requests[kind](options);
    if (kind === 'events') return await readFirstEvent(response);
    const body = await response.text();
    return response.ok ? undefined : `${response.status} ${body.slice(0, 200)}`;
  } catch (error) {
    const { message, cause } = error as Error;
    return `${message} ${String(cause)}`;
  }
}

/** Reads a stream until its first event, and closes it. */
async function readFirstEvent(response: Response): Promise<string | undefined> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let received = '';
  while (!received.includes('event: ')) {
    const part = await reader?.read();
    if (part === undefined || part.done) return `the stream ended: ${received.slice(0, 200)}`;
    received += part.value;
  }
  await reader?.cancel();
  return undefined;
}
