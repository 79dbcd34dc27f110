import { leadingTrial } from '../../../sweep/finalists/finalists.js';
import { code, sentences, text } from '../../content/text.js';
import type { Section } from '../../document.js';
import type { ReportSweep } from '../reportSweep.js';
import { testOf } from './testScore.js';

/** How to train the best trial again; nothing if there is none. */
export function repeatSection(sweep: ReportSweep): Section[] {
  const { folderName } = sweep;
  const best = leadingTrial(sweep);
  if (best?.run === undefined) return [];
  const run = `${folderName}/${best.run}`;
  return [
    {
      id: 'repeat',
      title: 'Training the best trial again',
      blocks: [
        {
          type: 'paragraph',
          text: sentences(
            text`The settings of trial ${best.number} are in ${code('config.json')} in its run folder. In the folder that contains the sweep, ${code(`inkling train --config ${run}/config.json`)} trains a run with them; ${code('--seed')} with another number shows how much the result depends on chance.`,
            testOf(sweep) === undefined
              ? []
              : text`${code(`inkling report ${run}`)} creates the report of the trial itself, and ${code(`inkling predict ${run}`)} classifies images with it.`,
          ),
        },
      ],
      subsections: [],
    },
  ];
}
