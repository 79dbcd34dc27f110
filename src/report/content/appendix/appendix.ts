import type { Section } from '../../document.js';
import { type Context, runsOf } from '../context.js';
import { programAppendix } from '../listings.js';
import { checklistSubsection } from './checklist.js';
import { commandsSubsections } from './commands.js';
import { environmentSubsection, settingsSubsection } from './settings.js';
import { verificationSubsections } from './verifications.js';

/** What others need in order to repeat the runs. */
export function appendices(context: Context): Section[] {
  return [
    {
      id: 'reproducibility',
      title: 'Reproducibility',
      blocks: [],
      subsections: [
        settingsSubsection(context),
        environmentSubsection(runsOf(context), context),
        ...verificationSubsections(runsOf(context)),
        ...commandsSubsections(context),
        checklistSubsection(context),
      ],
    },
    ...programAppendix(context.main),
  ];
}
