import { text } from '../text/text.js';
import { Term, type TermName } from './term.js';

/** Words that can be selected to read what they mean. */
export function Terms({ names }: { names: readonly TermName[] }) {
  return (
    <p class="terms muted">
      {text.glossary.words}
      {names.map((name) => (
        <Term key={name} name={name} isNamed />
      ))}
    </p>
  );
}
