import type { RecordedVerification } from '../../runs/verify/verification.js';
import type { Block, Text } from '../document.js';
import type { ReportRun } from '../reportRun.js';
import { code, reference, sentences, text } from './text.js';

const COMMAND = code('inkling verify');

/** The runs whose training was repeated, with what came of it. */
export function repeatedRuns(
  runs: readonly ReportRun[],
): { readonly run: ReportRun; readonly verification: RecordedVerification }[] {
  return runs.flatMap((run) => (run.verification ? [{ run, verification: run.verification }] : []));
}

/** States whether the training of the runs was repeated, and what came of it. A training in memory has no record to repeat. */
export function verificationBlocks(runs: readonly ReportRun[]): Block[] {
  const recorded = runs.filter(({ verification }) => verification !== undefined);
  if (recorded.length === 0) return [];
  return [
    {
      type: 'paragraph',
      text: recorded.length === 1 ? statementOf(recorded[0].verification) : statementOfAll(recorded),
    },
  ];
}

function statementOf(verification: ReportRun['verification']): Text {
  if (!verification) {
    return text`The training was not repeated with ${COMMAND}, so that its record is not verified.`;
  }
  return sentences(
    text`The ${COMMAND} command repeated the training from its record alone. It gave ${verification.difference === undefined ? 'the same bits' : 'other bits'} (${reference('verification')}).`,
    verification.isOutdated ? text`The record has changed since.` : [],
  );
}

function statementOfAll(runs: readonly ReportRun[]): Text {
  const repeated = repeatedRuns(runs);
  if (repeated.length === 0) {
    return text`None of the ${runs.length} trainings was repeated with ${COMMAND}, so that their records are not verified.`;
  }
  const rest = runs.length - repeated.length;
  const ofKind = (isOfKind: (verification: RecordedVerification) => boolean) =>
    repeated.filter(({ verification }) => isOfKind(verification)).map(({ run }) => run);
  const same = ofKind(({ difference }) => difference === undefined);
  const different = ofKind(({ difference }) => difference !== undefined);
  const outdated = ofKind(({ isOutdated }) => isOutdated);
  return sentences(
    text`The ${COMMAND} command repeated ${repeated.length} of the ${runs.length} trainings from their records alone (${reference('verification')}).`,
    same.length === 0 ? [] : [...namesOf(same), ' gave the same bits.'],
    different.length === 0 ? [] : [...namesOf(different), ' gave other bits.'],
    outdated.length === 0 ? [] : ['Since then, the records of ', ...namesOf(outdated), ' have changed.'],
    rest === 0
      ? []
      : text`The ${rest === 1 ? 'other one was' : `other ${rest} were`} not repeated, and ${rest === 1 ? 'its record is' : 'their records are'} not verified.`,
  );
}

/** The names of the runs in code, as a list. */
function namesOf(runs: readonly ReportRun[]): Text {
  const names = runs.map(({ name, summary }) => name ?? summary.model.name);
  return new Intl.ListFormat('en-US')
    .formatToParts(names)
    .map(({ type, value }) => (type === 'element' ? code(value) : value));
}
