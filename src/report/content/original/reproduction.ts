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
  const results = checks.filter(({ isResult }) => isResult);
  const count = (outcome: Outcome) => results.filter((check) => check.outcome === outcome).length;
  const occurring = OUTCOMES.filter((outcome) => count(outcome) > 0);
  const choices = checks.filter(({ isResult }) => !isResult);
  const same = choices.filter(({ outcome }) => outcome === 'reproduced').length;
  return [
    {
      id: 'reproduction',
      title: 'Reported and measured values',
      blocks: [
        {
          type: 'paragraph',
          text: sentences(
            text`${reference('reproduction-table')} compares the values stated in the original report with those of this one. The data and the settings are chosen: ${same} of ${choices.length} are those of the original report. Of the ${results.length} results, ${new Intl.ListFormat('en-US').format(occurring.map((outcome) => `${count(outcome)} ${count(outcome) === 1 ? 'is' : 'are'} ${outcome}`))}.`,
            outcomeRule(context.repeats.length),
            ...OUTCOMES.filter((outcome) => checks.some((check) => check.outcome === outcome)).map(
              (outcome) => definitionOf(outcome, context),
            ),
          ),
        },
        {
          type: 'table',
          id: 'reproduction-table',
          caption: text`Values stated in the original report, with the section that states them, and those of this report.`,
          columns: [
            { title: 'Quantity', align: 'left' },
            { title: '§', align: 'right' },
            { title: 'Reported', align: 'right' },
            { title: 'Here', align: 'right' },
            { title: 'Outcome', align: 'left' },
          ],
          rows: checks.map(({ quantity, section, reported, measured, outcome, isResult }): Text[] => [
            [quantity],
            [section],
            text`${reported}`,
            text`${measured}`,
            [nameOf(outcome, isResult)],
          ]),
        },
        { type: 'paragraph', text: unmeasuredText },
      ],
    },
  ];
}

/** The name of an outcome, which for a choice says only whether it is the same. */
function nameOf(outcome: Outcome, isResult: boolean): Text[number] {
  if (isResult || outcome === 'not comparable')
    return outcome === 'not reproduced' ? strong(outcome) : outcome;
  return outcome === 'reproduced' ? 'same' : strong('different');
}

const unmeasuredText: Text = text`The original report also states without numbers that its network generalizes well after these epochs, and that an MLP requires more parameters for the same performance. The first is a matter of judgment; ${reference('results')} states how well the network generalizes. The second was not examined: it would need MLPs of several sizes.`;

function definitionOf(outcome: Outcome, { main: { summary } }: Context): Text {
  const { dataset } = summary;
  if (outcome === 'inconclusive') {
    return text`A comparison is inconclusive if the difference between the networks is not significant.`;
  }
  if (outcome === 'not comparable') {
    return originalReport.isOriginalDataset(dataset)
      ? text`The numbers of parameters are not comparable, since the original report does not describe its MLP.`
      : text`Values that depend on the images are not comparable because this run used a different data set, nor is the number of parameters, since the original report does not describe its MLP.`;
  }
  return [];
}
