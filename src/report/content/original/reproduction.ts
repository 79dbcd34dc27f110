import * as originalReport from '../../../core/originalReport.js';
import type { Subsection, Text } from '../../document.js';
import { type Outcome, outcomeRule } from './accuracyOutcome.js';
import type { Context } from '../context.js';
import { checkReproduction } from './reproductionChecks.js';
import { reference, sentences, strong, text } from '../text.js';

const OUTCOMES: readonly Outcome[] = [
  'reproduced',
  'consistent',
  'not reproduced',
  'inconclusive',
  'not comparable',
];

/** The table that compares the values of the original report with those measured, for runs of its network. */
export function reproductionSubsections(context: Context): Subsection[] {
  if (context.main.summary.model.name !== originalReport.model.value) return [];
  const checks = checkReproduction(context);
  const count = (outcome: Outcome) => checks.filter((check) => check.outcome === outcome).length;
  const occurring = OUTCOMES.filter((outcome) => count(outcome) > 0);
  return [
    {
      id: 'reproduction',
      title: 'Reported and measured values',
      blocks: [
        {
          type: 'paragraph',
          text: sentences(
            text`${reference('reproduction-table')} compares the values stated in the original report with those measured in this run: ${occurring.map((outcome) => `${count(outcome)} ${outcome}`).join(', ')}.`,
            outcomeRule(context.repeats.length),
            ...occurring.map(definitionOf),
          ),
        },
        {
          type: 'table',
          id: 'reproduction-table',
          caption: text`Values stated in the original report, with the section that states them, and values measured in this run.`,
          columns: [
            { title: 'Quantity', align: 'left' },
            { title: '§', align: 'right' },
            { title: 'Reported', align: 'right' },
            { title: 'Measured', align: 'right' },
            { title: 'Outcome', align: 'left' },
          ],
          rows: checks.map(({ quantity, section, reported, measured, outcome }): Text[] => [
            [quantity],
            [section],
            text`${reported}`,
            text`${measured}`,
            [outcome === 'not reproduced' ? strong(outcome) : outcome],
          ]),
        },
      ],
    },
  ];
}

function definitionOf(outcome: Outcome): Text {
  if (outcome === 'inconclusive') {
    return text`A comparison is inconclusive if the difference between the networks is not significant.`;
  }
  if (outcome === 'not comparable') {
    return text`Values that depend on the images are not comparable because this run used a different data set.`;
  }
  return [];
}
