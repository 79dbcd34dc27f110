import { formatPlural } from '../../../core/format.js';
import { isDeep } from '../../../models/moduleGroups.js';
import { resolveModel } from '../../../models/resolve.js';
import type { Inline, Subsection, Text } from '../../document.js';
import { hasProgram } from '../../programs/differences.js';
import { type Context, isGenerated, runsOf } from '../context.js';
import { publishedData } from '../sources.js';
import { comparedNetworks } from '../comparison.js';
import { hasOriginalSettings, isReproduction } from '../original/isReproduction.js';
import { cite, code, reference, text } from '../text.js';

/** A question of the checklist with its answer, which follows from the record. */
type Answer = readonly [question: string, answer: Text];

/** The questions that conferences ask about reproducibility. */
export function checklistSubsection(context: Context): Subsection {
  const answers = [...dataAnswers(context), ...methodAnswers(context), ...resultAnswers(context)];
  return {
    id: 'checklist',
    title: 'Reproducibility checklist',
    blocks: [
      {
        type: 'paragraph',
        text: text`${reference('checklist-table')} answers the questions that conferences ask about reproducibility ${cite('pineau2021improving')}. The answers follow from the records of training.`,
      },
      {
        type: 'table',
        id: 'checklist-table',
        caption: text`Reproducibility checklist.`,
        columns: [
          { title: 'Question', align: 'left' },
          { title: 'Answer', align: 'left' },
        ],
        rows: answers.map(([question, answer]) => [[question], answer]),
      },
    ],
  };
}

const yes = (...where: readonly Inline[]): Text => ['yes (', ...where, ')'];

function dataAnswers({ main }: Context): Answer[] {
  const { dataset } = main.summary;
  const { sha256, verified } = dataset.source;
  const hasHashes = Object.keys(sha256).length > 0;
  return [
    [
      'Is the source of the data stated?',
      publishedData(dataset) === undefined && dataset.source.kind === 'files'
        ? text`in part: the files, but not where they are from (${reference('source')})`
        : yes(reference('source')),
    ],
    [
      'Is its license stated?',
      isGenerated(dataset)
        ? text`not applicable: generated`
        : publishedData(dataset) === undefined
          ? text`no: not known to be a published data set`
          : yes(reference('source')),
    ],
    [
      'Can the files be identified?',
      hasHashes
        ? text`yes: by SHA-256${verified ? ', which match the published files' : ''} (${reference('files')})`
        : text`no: no hashes are recorded`,
    ],
    ['Is it stated how the data were divided and prepared?', yes(reference('preprocessing'))],
    [
      'Were the test images kept from training and model selection?',
      text`yes: scored after the epoch was selected by ${main.config.monitor === 'accuracy' ? 'validation accuracy' : 'validation loss'}`,
    ],
  ];
}

function methodAnswers(context: Context): Answer[] {
  const { main } = context;
  const compared = comparedNetworks(context);
  return [
    [
      compared.length === 0
        ? 'Is the network described completely?'
        : 'Are all networks described completely?',
      yes(
        ...[
          reference('architecture'),
          ...['modules', ...compared.map(({ id }) => id)].map(reference),
        ].flatMap((where, index) => (index === 0 ? [where] : [', ', where])),
      ),
    ],
    ['Are all hyperparameters stated?', yes(reference('all-settings'))],
    [
      'Is it stated how the hyperparameters were chosen?',
      isReproduction(context) && hasOriginalSettings(main)
        ? text`yes: those of ${code(main.summary.model.name)} are from the original report (${reference('original-report')})`
        : text`no: a run does not record whether others preceded it`,
    ],
    [
      'Is the program included?',
      hasProgram(main)
        ? yes(
            ...(isDeep(resolveModel(main.saved.model)) ? [] : [reference('listing-model'), ', ']),
            reference('listing-data'),
            ', ',
            reference('listing-training'),
            ', ',
            reference('program'),
          )
        : main.name === undefined
          ? text`no: the training has no run folder`
          : text`no: training began with other weights, or with parts of the images`,
    ],
    [
      'Is the exact command stated?',
      main.name === undefined
        ? text`not applicable: a program trained the network`
        : yes(reference('commands')),
    ],
  ];
}

function resultAnswers(context: Context): Answer[] {
  const { main, repeats, others } = context;
  const { environment } = main.summary;
  return [
    [
      'Was training repeated with other seeds?',
      repeats.length > 1
        ? text`yes: ${formatPlural(repeats.length, 'seed')} (${reference('seeds')})`
        : text`no: one seed`,
    ],
    ['Are results stated with intervals?', yes(reference('test-accuracy'))],
    [
      'Are differences tested for significance?',
      others.length > 0 ? yes(reference('comparison')) : text`not applicable: one network`,
    ],
    [
      'Are hardware, software, and duration stated?',
      environment === undefined ? text`in part: the hardware is not recorded` : yes(reference('environment')),
    ],
    [
      'Are the records available?',
      runsOf(context).every(({ name }) => name !== undefined)
        ? text`in part: the author has them, in the folder of each run, and can add them to this report`
        : text`no: training had no run folder`,
    ],
  ];
}
