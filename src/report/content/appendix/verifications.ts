import { describeHardware } from '../../../train/device/usedDevices.js';
import { describeDifference, describeExtent } from '../../../runs/verify/describeVerification.js';
import type { RecordedVerification } from '../../../runs/verify/verification.js';
import type { Subsection, Text } from '../../document.js';
import type { ReportRun } from '../../reportRun.js';
import { code, reference, sentences, text } from '../text.js';
import { repeatedRuns } from '../verification.js';

/** The trainings that were repeated, with what was compared; nothing if none was. */
export function verificationSubsections(runs: readonly ReportRun[]): Subsection[] {
  const repeated = repeatedRuns(runs);
  if (repeated.length === 0) return [];
  return [
    {
      id: 'verification',
      title: 'Verification',
      blocks: [
        {
          type: 'paragraph',
          text: text`${reference('verifications')} lists the trainings that ${code('inkling verify')} repeated from the record alone, and what it compared. The training losses in epochs are those that the run recorded now and then; the state of training consists of the weights and the averages of the optimizer.`,
        },
        {
          type: 'table',
          id: 'verifications',
          caption: text`Trainings that were repeated to verify their records.`,
          columns: ['Run', 'Result', 'Repeated', 'Compared'].map((title) => ({ title, align: 'left' })),
          rows: repeated.map(({ run, verification }): Text[] => [
            [code(run.name ?? run.summary.model.name)],
            [verification.difference === undefined ? 'same bits' : 'other bits'],
            [circumstances(verification)],
            compared(verification),
          ]),
        },
      ],
    },
  ];
}

function compared(verification: RecordedVerification): Text {
  const { difference, isOutdated } = verification;
  return sentences(
    text`${describeExtent(verification)}.`,
    difference === undefined
      ? []
      : text`The first difference: ${describeDifference(difference)}. ${difference.reasons.join(' ')}`,
    isOutdated ? text`The record has changed since.` : [],
  );
}

/** When, with what, and where a training was repeated. */
function circumstances({ verifiedAt, version, environment }: RecordedVerification): string {
  const { platform, node } = environment;
  return `${verifiedAt.slice(0, 10)}, Inkling ${version}, ${describeHardware(environment)}, ${platform}, Node.js ${node}`;
}
