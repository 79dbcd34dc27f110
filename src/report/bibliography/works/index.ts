import type { Work } from '../work.js';
import { dataWorks } from './data.js';
import { evaluationWorks } from './evaluation.js';
import { explanationWorks } from './explanation.js';
import { trainingWorks } from './training.js';

const WORKS = { ...dataWorks, ...trainingWorks, ...evaluationWorks, ...explanationWorks };

/** Identifies a work: the first author’s name, the year, and a word of the title, as in BibTeX. */
export type WorkKey = keyof typeof WORKS;

/** Every work that a report can cite; a report lists only those that it cites. */
export const works: Readonly<Record<WorkKey, Work>> = WORKS;
