import { resolveModel } from '../../models/resolve.js';
import { isDeep } from '../../models/moduleGroups.js';
import type { Block, Listing, Section } from '../document.js';
import { differencesOf, hasProgram } from '../programs/differences.js';
import { inklingProgram } from '../programs/inklingProgram.js';
import { torchData } from '../programs/torchData.js';
import { torchModel } from '../programs/torchModel.js';
import { torchTraining } from '../programs/torchTraining.js';
import { INKLING_FILE, TORCH_FILE } from '../reportFiles.js';
import type { ReportRun } from '../reportRun.js';
import { code, reference, sentences, text } from './text.js';

/** The part of the PyTorch program that loads and splits the images. */
export function dataListing(run: ReportRun): Block[] {
  if (!hasProgram(run)) return [];
  return [
    {
      type: 'paragraph',
      text: text`${reference('listing-data')} loads and splits the images with PyTorch.`,
    },
    listing('data', 'python', torchData(run), 'Loading and splitting the images with PyTorch.'),
  ];
}

/** The part that defines the network; that of a deep network, which is long, is only in the file. */
export function modelListing(run: ReportRun): Block[] {
  if (!hasProgram(run) || isDeep(resolveModel(run.saved.model))) return [];
  return [
    {
      type: 'paragraph',
      text: text`${reference('listing-model')} defines the network in PyTorch, with the initial weights of this run.`,
    },
    listing('model', 'python', torchModel(run), 'The network in PyTorch.'),
  ];
}

/** The part that trains, validates, and tests. */
export function trainingListing(run: ReportRun): Block[] {
  if (!hasProgram(run)) return [];
  const differences = differencesOf(run);
  return [
    {
      type: 'paragraph',
      text: sentences(
        text`${reference('listing-training')} trains, validates, and tests the network with PyTorch; together with the preceding listings, it is the file ${code(TORCH_FILE)}. ${reference('program')} contains the same training as a program for Inkling.`,
        differences.length === 0
          ? text`Both draw the same random numbers, so that the losses of the first steps are those of this run up to rounding errors. These grow with every step, so that after some epochs, only the first digits of the losses and the accuracies agree.`
          : text`The PyTorch program leaves out ${new Intl.ListFormat('en-US').format(differences)}, so its numbers differ from those of this run.`,
      ),
    },
    listing('training', 'python', torchTraining(run), 'Training, validation, and testing with PyTorch.'),
  ];
}

/** The program for Inkling, if the run has one. */
export function programAppendix(run: ReportRun): Section[] {
  if (!hasProgram(run)) return [];
  return [
    {
      id: 'program',
      title: 'Program',
      blocks: [
        {
          type: 'paragraph',
          text: text`${reference('listing-program')} is the training of this run as a program in TypeScript; it is also in the file ${code(INKLING_FILE)}.`,
        },
        listing('program', 'typescript', inklingProgram(run), 'The training of this run with Inkling.'),
      ],
      subsections: [],
    },
  ];
}

function listing(name: string, language: Listing['language'], lines: string, caption: string): Listing {
  return { type: 'listing', id: `listing-${name}`, language, code: lines.trimEnd(), caption: [caption] };
}
