import type { Outcome } from './goodClients.js';

/** The targets of the full test. */
const MAX_P99_MS = 100;
/** How much the memory may grow from the second to the last quarter, which differ by chance. */
const MAX_GROWTH = 0.1;

/** The first part of a run, in which the server compiles its code and allocates buffers, is left out of measurements. */
const WARM_UP = 0.1;

/**
 * Summarizes a run, with the targets that it missed.
 *
 * @param answers the number of responses of bad clients, by behavior and status; 0 for those that were not answered
 * @param memory samples in megabytes
 * @param sampleMinutes the time between them
 */
export function summarize(
  outcomes: readonly Outcome[],
  answers: Readonly<Record<string, Readonly<Record<string, number>>>>,
  memory: readonly number[],
  sampleMinutes: number,
) {
  const failures = outcomes.filter(({ failure }) => failure !== undefined);
  const measured = outcomes.slice(Math.floor(outcomes.length * WARM_UP));
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))];
  const ofKind = (kind: string) => measured.filter((outcome) => outcome.kind === kind);
  const unanswered = Object.values(answers).reduce((sum, counts) => sum + (counts[0] ?? 0), 0);
  const latency = latencyOf(measured);
  const second = median(memory.slice(memory.length >> 2, memory.length >> 1));
  const last = median(memory.slice(-(memory.length >> 2)));
  const problems = [
    ...(failures.length > 0
      ? [`${failures.length} requests of good clients failed: ${failures[0].failure}`]
      : []),
    ...(latency.p99 > MAX_P99_MS
      ? [`p99 of good clients: expected at most ${MAX_P99_MS} ms, got ${latency.p99} ms`]
      : []),
    ...(last > second * (1 + MAX_GROWTH) ? [`memory: grew from ${second} to ${last} MB`] : []),
    ...(unanswered > 0 ? [`${unanswered} requests of bad clients were not answered`] : []),
  ];
  return {
    good: {
      requests: outcomes.length,
      failed: failures.length,
      latency,
      byKind: Object.fromEntries(kinds.map((kind) => [kind, latencyOf(ofKind(kind))])),
    },
    bad: {
      requests: Object.values(answers)
        .flatMap(Object.values<number>)
        .reduce((a, b) => a + b, 0),
      unanswered,
      answers,
    },
    memoryMegabytes: {
      secondQuarter: second,
      lastQuarter: last,
      max: Math.round(Math.max(...memory)),
      growthPerMinute: round(slopeOf(memory.slice(memory.length >> 2)) / sampleMinutes),
    },
    problems,
  };
}

/** In milliseconds. */
function latencyOf(outcomes: readonly Outcome[]) {
  const sorted = outcomes.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { median: at(0.5), p99: at(0.99), max: at(1) };
}

function median(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0);
}

/** The slope of the line that fits values best, per step. */
function slopeOf(values: readonly number[]): number {
  const center = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [numerator, denominator] = [0, 0];
  values.forEach((value, index) => {
    numerator += (index - center) * (value - mean);
    denominator += (index - center) ** 2;
  });
  return denominator === 0 ? 0 : numerator / denominator;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
