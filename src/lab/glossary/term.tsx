import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { LabText } from '../text/en.js';
import { text } from '../text/text.js';

/** The key of a word that is explained. */
export type TermName = keyof LabText['glossary']['terms'];

/** The distance from the button, and from the edges of the window. */
const GAP = 8;
/** No line begins with a question mark alone. */
const STAYS_WITH_WORD = '\u2060';

/** A button that explains a word next to it, or one that shows the word itself. */
export function Term({ name, isNamed = false }: { name: TermName; isNamed?: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const whole = useRef<HTMLSpanElement>(null);
  const note = useRef<HTMLSpanElement>(null);
  const id = useId();
  const { term, meaning } = text.glossary.terms[name];
  useLayoutEffect(() => {
    if (isOpen && whole.current !== null && note.current !== null) place(note.current, whole.current);
  }, [isOpen]);
  useEffect(() => {
    if (!isOpen) return;
    const close = () => {
      setOpen(false);
    };
    const onPointerDown = ({ target }: PointerEvent) => {
      if (target instanceof Node && whole.current?.contains(target) !== true) close();
    };
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') close();
    };
    addEventListener('pointerdown', onPointerDown);
    addEventListener('keydown', onKeyDown);
    addEventListener('scroll', close, true);
    addEventListener('resize', close);
    return () => {
      removeEventListener('pointerdown', onPointerDown);
      removeEventListener('keydown', onKeyDown);
      removeEventListener('scroll', close, true);
      removeEventListener('resize', close);
    };
  }, [isOpen]);
  return (
    <span class="term" ref={whole}>
      {isNamed ? '' : STAYS_WITH_WORD}
      <button
        type="button"
        class={isNamed ? 'link' : 'explain'}
        aria-label={isNamed ? undefined : text.glossary.explain(term)}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => {
          setOpen(!isOpen);
        }}
        onBlur={() => {
          setOpen(false);
        }}
      >
        {isNamed ? term : '?'}
      </button>
      <span aria-live="polite">
        {isOpen && (
          <span class="term-note" id={id} ref={note}>
            <strong>{term}</strong> {meaning}
          </span>
        )}
      </span>
    </span>
  );
}

/** Places a note below or above what it explains, within the window. */
function place(note: HTMLElement, of: HTMLElement): void {
  const { left, top, bottom, width } = of.getBoundingClientRect();
  const { offsetWidth, offsetHeight } = note;
  const center = left + width / 2 - offsetWidth / 2;
  const fitsBelow = bottom + GAP + offsetHeight <= innerHeight;
  const { clientWidth } = document.documentElement;
  note.style.left = `${Math.max(GAP, Math.min(center, clientWidth - offsetWidth - GAP))}px`;
  note.style.top = `${fitsBelow ? bottom + GAP : Math.max(GAP, top - GAP - offsetHeight)}px`;
}
