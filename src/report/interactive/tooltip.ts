import { centerOf, hasMarks, labelsOf, marksAt, markOf, stepsOf } from './marks.js';

const HIGHLIGHTED = 'highlighted';
const EDGE = 4;

/** Shows the values of charts under the pointer, and with the arrow keys while a chart has the focus. */
export function showValues(): void {
  const tooltip = append('tooltip');
  tooltip.hidden = true;
  // Read by screen readers, which a tooltip that follows the pointer is not.
  const spoken = append('spoken');
  spoken.setAttribute('role', 'status');
  const show = (marks: readonly Element[], x: number, y: number) => {
    for (const mark of document.querySelectorAll(`.${HIGHLIGHTED}`)) mark.classList.remove(HIGHLIGHTED);
    tooltip.hidden = marks.length === 0;
    for (const mark of marks) mark.classList.add(HIGHLIGHTED);
    tooltip.textContent = labelsOf(marks);
    const { width, height } = tooltip.getBoundingClientRect();
    tooltip.style.left = `${Math.max(EDGE, Math.min(x + 14, innerWidth - width - EDGE))}px`;
    tooltip.style.top = `${y + 18 + height > innerHeight ? y - height - 10 : y + 18}px`;
  };
  const showAtPointer = ({ target, clientX: x, clientY: y }: PointerEvent) => {
    show(target instanceof Element ? marksAt(target, { x, y }) : [], x, y);
  };
  const showFocused = (marks: readonly Element[]) => {
    if (marks.length === 0) return;
    const { x, y } = centerOf(marks[0]);
    show(marks, x, y);
    spoken.textContent = labelsOf(marks);
  };
  addEventListener('pointermove', showAtPointer);
  addEventListener('pointerdown', showAtPointer);
  addEventListener('focusin', ({ target }) => {
    if (!(target instanceof SVGElement)) return;
    const mark = markOf(target);
    if (mark !== undefined) showFocused([mark]);
  });
  addEventListener('focusout', () => {
    show([], 0, 0);
  });
  for (const frame of document.querySelectorAll<HTMLElement>('figure > .scrollable')) {
    readWithArrowKeys(frame, showFocused);
  }
}

function append(id: string): HTMLElement {
  const element = document.createElement('div');
  element.id = id;
  document.body.append(element);
  return element;
}

function readWithArrowKeys(frame: HTMLElement, show: (marks: readonly Element[]) => void): void {
  const chart = frame.querySelector('svg');
  if (chart === null || !hasMarks(chart)) return;
  frame.setAttribute('aria-label', `${frame.getAttribute('aria-label') ?? ''}: arrow keys read its values`);
  let position = -1;
  frame.addEventListener('keydown', (event) => {
    if (event.target !== frame || event.altKey || event.ctrlKey || event.metaKey) return;
    const steps = stepsOf(chart);
    const last = steps.length - 1;
    const next = { ArrowRight: position + 1, ArrowLeft: position - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    position = Math.max(0, Math.min(last, next));
    steps[position][0].scrollIntoView({ block: 'nearest', inline: 'nearest' });
    show(steps[position]);
  });
}
