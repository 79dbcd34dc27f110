import { formatCount, formatPercent } from '../../core/format.js';
import { formatShape } from '../../core/shape.js';
import { describeSample, predictionInterval, SIGNIFICANT, wilsonInterval } from '../../runs/statistics.js';
import type { Section, Text } from '../document.js';
import type { ReportRun } from '../runs.js';
import { compareRuns } from './comparison.js';
import type { Context, RunGroup } from './context.js';
import { reference, strong, text } from './text.js';

/** What became of a number that the original report states. */
export type Verdict = 'reproduced' | 'within spread' | 'not reproduced' | 'other data';

/** A number of the original report beside ours. */
export interface ClaimCheck {
  readonly claim: string;
  /** Where the original report says so. */
  readonly section: string;
  readonly stated: string;
  readonly measured: string;
  readonly verdict: Verdict;
}

/** What the original report states of MNIST and its network. */
const STATED = {
  train: 54_000,
  test: 10_000,
  /** Channels first, as PyTorch has it. */
  shape: [1, 28, 28],
  validationShare: 0.1,
  epochs: 5,
  batchSize: 64,
  learningRate: 0.001,
  accuracy: 0.988,
  mlpAccuracy: 0.96,
  /** "Around 96 %" is taken for anything that is a point off at most. */
  mlpTolerance: 0.01,
} as const;

const REPORT_MODEL = 'report-cnn';
const MLP = 'mlp';
const REPORT_DATA = 'mnist';

/** The table of claims, for a run of the report's network. */
export function claimsSection(context: Context): Section[] {
  if (context.main.summary.model.name !== REPORT_MODEL) return [];
  const checks = checkClaims(context);
  const count = (verdict: Verdict) => checks.filter((check) => check.verdict === verdict).length;
  return [
    {
      id: 'claims',
      title: 'Claimed against measured',
      subsections: [],
      blocks: [
        {
          type: 'paragraph',
          text: text`The original report states a number of things that can be checked. ${reference('claims-table')} sets them beside what this run measured: ${tally(count)}. A claim is reproduced when the measured value, written with as many digits, is the same; it is within spread when it lies in the 95 % interval of ${spreadOf(context)}.`,
        },
        {
          type: 'table',
          id: 'claims-table',
          caption: text`What the original report claims, by its sections, and what was measured here.`,
          columns: [
            { title: 'Claim', align: 'left' },
            { title: '§', align: 'right' },
            { title: 'Stated', align: 'right' },
            { title: 'Measured', align: 'right' },
            { title: 'Verdict', align: 'left' },
          ],
          rows: checks.map(({ claim, section, stated, measured, verdict }): Text[] => [
            [claim],
            [section],
            text`${stated}`,
            text`${measured}`,
            [verdict === 'not reproduced' ? strong(verdict) : verdict],
          ]),
        },
      ],
    },
  ];
}

function tally(count: (verdict: Verdict) => number): string {
  const verdicts: readonly Verdict[] = ['reproduced', 'within spread', 'not reproduced', 'other data'];
  return verdicts
    .filter((verdict) => count(verdict) > 0)
    .map((verdict) => `${count(verdict)} ${verdict}`)
    .join(', ');
}

function spreadOf({ repeats }: Context): string {
  return repeats.length > 1 ? 'one more seed, by Student’s t' : 'the measured accuracy, by Wilson’s method';
}

/** Every claim that the runs can speak to, with its verdict. */
export function checkClaims(context: Context): ClaimCheck[] {
  const { main, repeats, others } = context;
  const { config, summary } = main;
  const { dataset } = summary;
  const isSameData = dataset.name === REPORT_DATA;
  const mlps = others.find(([{ summary: other }]) => other.model.name === MLP);
  const [height, width, channels] = dataset.shape;
  const share = dataset.validation / (dataset.train + dataset.validation);
  const data = (verdict: Verdict): Verdict => (isSameData ? verdict : 'other data');
  const same = (isSame: boolean): Verdict => (isSame ? 'reproduced' : 'not reproduced');
  const exact = (claim: string, section: string, stated: string, measured: string): ClaimCheck => ({
    claim,
    section,
    stated,
    measured,
    verdict: same(stated === measured),
  });
  const ofData = (check: ClaimCheck): ClaimCheck => ({ ...check, verdict: data(check.verdict) });
  return [
    ofData(exact('Training images', '2.3', formatCount(STATED.train), formatCount(dataset.train))),
    ofData(exact('Test images', '2.3', formatCount(STATED.test), formatCount(dataset.test))),
    ofData(
      exact(
        'Image, channels × height × width',
        '2.3',
        formatShape(STATED.shape),
        formatShape([channels, height, width]),
      ),
    ),
    exact('Batch size', '2.2', String(STATED.batchSize), String(config.batchSize)),
    exact(
      'Optimizer and learning rate',
      '3.3',
      `adam, ${STATED.learningRate}`,
      `${config.optimizer}, ${config.learningRate}`,
    ),
    exact(
      'Share kept for validation',
      '4.2',
      `${(100 * STATED.validationShare).toFixed(0)} %`,
      `${(100 * share).toFixed(0)} %`,
    ),
    exact('Epochs', '6.1', String(STATED.epochs), String(summary.epochs.length)),
    improvement(main),
    ofData({
      claim: 'Test accuracy of the CNN',
      section: '4.3',
      stated: formatPercent(STATED.accuracy),
      measured: measuredText(repeats),
      verdict: verdictOn(STATED.accuracy, repeats),
    }),
    ...(mlps === undefined ? [] : againstMlp(main, mlps, ofData)),
  ];
}

function improvement({ summary: { epochs } }: ReportRun): ClaimCheck {
  const rises = epochs.filter(
    ({ validationAccuracy }, i) => i > 0 && validationAccuracy > epochs[i - 1].validationAccuracy,
  ).length;
  const steps = Math.max(0, epochs.length - 1);
  return {
    claim: 'Validation accuracy rises consistently',
    section: '6.1',
    stated: 'every epoch',
    measured: `${rises} of ${steps} times`,
    verdict: rises === steps && steps > 0 ? 'reproduced' : 'not reproduced',
  };
}

function againstMlp(
  main: ReportRun,
  mlps: RunGroup,
  ofData: (check: ClaimCheck) => ClaimCheck,
): ClaimCheck[] {
  const [mlp] = mlps;
  const [ours, theirs] = [main, mlp].map(({ summary }) => summary.model.parameters);
  const isNear = Math.abs(meanAccuracy(mlps) - STATED.mlpAccuracy) <= STATED.mlpTolerance;
  const { onlyFirst, onlySecond, pValue } = compareRuns(main, mlp);
  const isBetter = onlyFirst > onlySecond;
  return [
    ofData({
      claim: 'Test accuracy of an MLP',
      section: '6.2',
      stated: `around ${(100 * STATED.mlpAccuracy).toFixed(0)} %`,
      measured: measuredText(mlps),
      verdict: isNear ? 'reproduced' : verdictOn(STATED.mlpAccuracy, mlps),
    }),
    {
      claim: 'The CNN has fewer parameters than an MLP',
      section: '6.2',
      stated: 'fewer',
      measured: `${formatCount(ours)} and ${formatCount(theirs)}`,
      verdict: ours < theirs ? 'reproduced' : 'not reproduced',
    },
    ofData({
      claim: 'The CNN is the better classifier',
      section: '6.2',
      stated: 'better',
      measured: `right alone on ${formatCount(onlyFirst)}, the MLP on ${formatCount(onlySecond)}`,
      verdict: pValue >= SIGNIFICANT ? 'within spread' : isBetter ? 'reproduced' : 'not reproduced',
    }),
  ];
}

function meanAccuracy(runs: RunGroup): number {
  return runs.reduce((sum, { test }) => sum + test.accuracy, 0) / runs.length;
}

function measuredText(runs: RunGroup): string {
  const accuracy = formatPercent(meanAccuracy(runs));
  return runs.length === 1 ? accuracy : `${accuracy}, mean of ${runs.length} seeds`;
}

function verdictOn(stated: number, runs: RunGroup): Verdict {
  if (formatPercent(stated) === formatPercent(meanAccuracy(runs))) return 'reproduced';
  const [{ test }] = runs;
  const { low, high } =
    runs.length === 1
      ? wilsonInterval(test.correct, test.total)
      : predictionInterval(describeSample(runs.map((run) => run.test.accuracy)));
  return low <= stated && stated <= high ? 'within spread' : 'not reproduced';
}
