import { formatPlural } from '../../core/format.js';
import { describeDifference, describeExtent } from '../../runs/verify/describeVerification.js';
import type { RecordedVerification } from '../../runs/verify/verification.js';
import type { Block, Text } from '../document.js';
import type { ReportRun } from '../reportRun.js';
import { code, text } from './text.js';

const COMMAND = code('inkling verify');

/** States of each run whether its training was repeated, and what came of it. A training in memory has no record to repeat. */
export function verificationBlocks(runs: readonly ReportRun[]): Block[] {
  const recorded = runs.flatMap(({ name, verification }) =>
    verification === undefined ? [] : [{ name, statement: statementOf(verification) }],
  );
  if (recorded.length === 0) return [];
  if (recorded.length > 1 && runs.every(({ verification }) => verification === null)) {
    return [
      {
        type: 'paragraph',
        text: text`None of the ${recorded.length} records was verified by repeating the training, which ${COMMAND} does.`,
      },
    ];
  }
  if (recorded.length === 1) return [{ type: 'paragraph', text: recorded[0].statement }];
  const repeated = runs.filter(({ verification }) => verification);
  const others = recorded.length - repeated.length;
  return [
    {
      type: 'paragraph',
      text: text`Of the ${recorded.length} records, ${repeated.length} ${repeated.length === 1 ? 'was' : 'were'} verified with ${COMMAND}, which repeats the training from the record alone${others === 0 ? ':' : `; the other ${others === 1 ? 'one was' : `${others} were`} not:`}`,
    },
    {
      type: 'list',
      items: repeated.map(({ name, verification }) => [
        ...(name === undefined ? [] : [code(name), ': ']),
        ...statementOf(verification ?? null),
      ]),
    },
  ];
}

function statementOf(verification: RecordedVerification | null): Text {
  if (verification === null) {
    return text`This record was not verified by repeating the training, which ${COMMAND} does.`;
  }
  const { difference, isOutdated } = verification;
  const repetition = text`repeating the training from its record alone with ${COMMAND}, ${circumstances(verification)}`;
  const outcome =
    difference === undefined
      ? text`gave the same bits: ${describeExtent(verification)}.`
      : text`gave other bits: ${describeDifference(difference)}. ${difference.reasons.join(' ')}`;
  return [
    difference === undefined ? 'Verified: ' : 'Not verified: ',
    ...repetition,
    ', ',
    ...outcome,
    ...(isOutdated ? [' The record has changed since.'] : []),
  ];
}

/** When, with what, and where a training was repeated. */
function circumstances({ verifiedAt, version, environment }: RecordedVerification): string {
  const { cpu, threads, platform, node } = environment;
  return (
    `on ${verifiedAt.slice(0, 10)} with Inkling ${version} on ${cpu} ` +
    `(${formatPlural(threads, 'thread')}, ${platform}, Node.js ${node})`
  );
}
