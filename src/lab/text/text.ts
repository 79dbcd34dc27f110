import { en, type LabText } from './en.js';

/** The text of the lab in the language that is shown. */
export const text: LabText = en;
