/** A process of good or bad clients, started by `soak.ts`: clients.js good|bad URL RUN SECONDS; it prints what they experienced as JSON. */
import { type Outcome, runGoodClient } from './goodClients.js';
import { runBadClients } from './badClients.js';

export const GOOD_CLIENTS = 16;
const PAUSE_MS = 500;

const [kind, url, run, seconds] = process.argv.slice(2);
const signal = AbortSignal.timeout(1000 * Number(seconds));
if (kind === 'good') {
  const outcomes: Outcome[] = [];
  const onOutcome = (outcome: Outcome) => outcomes.push(outcome);
  const options = { url, run, signal, onOutcome, pauseMs: PAUSE_MS };
  await Promise.all(Array.from({ length: GOOD_CLIENTS }, () => runGoodClient(options)));
  finish(outcomes);
} else {
  const answers: Record<string, Record<string, number>> = {};
  const onAnswer = (name: string, status: number | undefined) => {
    const counts = (answers[name] ??= {});
    const key = status === undefined ? 'did not wait' : String(status);
    counts[key] = (counts[key] ?? 0) + 1;
  };
  await runBadClients({ port: Number(new URL(url).port), run, signal, onAnswer });
  finish(answers);
}

/** Connections may still be open. */
function finish(result: object): void {
  process.stdout.write(JSON.stringify(result), () => process.exit());
}
