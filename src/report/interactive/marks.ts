/** A mark of a chart that says what it shows; the title of a panel is none. */
const MARK = '[role="graphics-symbol"][aria-label]:not([aria-roledescription="title"])';
/** One of several plots in a chart, each with axes of its own. */
const PANEL = '.role-scope.cell > g, .role-scope[class*="_group"] > g';
/** How far the pointer may be from a point of a curve, in CSS pixels. */
const REACH = 40;
/** Points of several curves are above each other if they are so close, in CSS pixels. */
const SAME = 1;

interface Position {
  readonly x: number;
  readonly y: number;
}

export function centerOf(mark: Element): Position {
  const { left, top, width, height } = mark.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

/** The marks to describe for a pointer: the one under it, or the points of all curves above each other that are nearest to it. */
export function marksAt(target: Element, pointer: Position): Element[] {
  const chart = target.closest('svg');
  if (chart === null) return [];
  const under = target.closest(MARK);
  if (!hasCurves(chart)) return under === null ? [] : [under];
  const marks = [...chart.querySelectorAll(MARK)];
  const nearest = under ?? nearestOf(marks, pointer);
  return nearest === undefined ? [] : columnOf(nearest, marks);
}

/** Whether a chart says what it shows. */
export function hasMarks(chart: Element): boolean {
  return chart.querySelector(MARK) !== null;
}

/** What is read out one after the other: the marks of a chart, or where it has curves, the points above each other, panel by panel, left to right. */
export function stepsOf(chart: Element): Element[][] {
  const marks = [...chart.querySelectorAll(MARK)];
  if (!hasCurves(chart)) return marks.map((mark) => [mark]);
  const columns = marks.map((mark) => columnOf(mark, marks));
  const panels = [...new Set(marks.map(panelOf))];
  const order = (mark: Element) => panels.indexOf(panelOf(mark));
  return columns
    .filter(([first], index) => columns.findIndex((column) => column[0] === first) === index)
    .sort(([first], [second]) => order(first) - order(second) || centerOf(first).x - centerOf(second).x);
}

/** The mark that a link or another element contains, or is part of. */
export function markOf(element: Element): Element | undefined {
  return element.closest(MARK) ?? element.querySelector(MARK) ?? undefined;
}

export function labelsOf(marks: readonly Element[]): string {
  return marks.map((mark) => mark.getAttribute('aria-label') ?? '').join('\n');
}

function hasCurves(chart: Element): boolean {
  return chart.querySelector('.mark-line') !== null;
}

function nearestOf(marks: readonly Element[], { x, y }: Position): Element | undefined {
  let [nearest, least]: [Element | undefined, number] = [undefined, REACH];
  for (const mark of marks) {
    const center = centerOf(mark);
    const distance = Math.hypot(center.x - x, center.y - y);
    if (distance < least) [nearest, least] = [mark, distance];
  }
  return nearest;
}

function panelOf(mark: Element): Element | null {
  return mark.closest(PANEL);
}

/** The point of each curve of a panel that is above or below a mark; of a curve that is vertical there, the one nearest to the mark. */
function columnOf(mark: Element, marks: readonly Element[]): Element[] {
  const { x, y } = centerOf(mark);
  const distanceTo = (each: Element) => Math.abs(centerOf(each).y - y);
  const nearest = new Map<string, Element>();
  for (const each of marks) {
    if (panelOf(each) !== panelOf(mark) || Math.abs(centerOf(each).x - x) > SAME) continue;
    const curve = curveOf(each);
    const known = nearest.get(curve);
    if (known === undefined || distanceTo(each) < distanceTo(known)) nearest.set(curve, each);
  }
  return marks.filter((each) => nearest.get(curveOf(each)) === each);
}

/** Points of a curve have the same color, and what they say differs in numbers only. */
function curveOf(mark: Element): string {
  return `${mark.getAttribute('fill') ?? ''} ${labelsOf([mark]).replaceAll(/\d+/g, '')}`;
}
