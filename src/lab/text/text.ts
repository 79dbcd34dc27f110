import { en, type LabText } from './en.js';

/** The text of the lab in the language that is shown. */
export let text: LabText = en;

/** Shows another language from the next rendering on. */
export function replaceText(next: LabText): void {
  text = next;
}
