const MIN_ROWS = 3;
const ORDERS = ['ascending', 'descending', 'none'] as const;
type Order = (typeof ORDERS)[number];

const texts = new Intl.Collator('en', { numeric: true });

/** Makes the titles of columns buttons that sort the table: upward, downward, and as it was. */
export function sortTables(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('figure.table table')) {
    const [head] = table.tHead?.rows ?? [];
    const [body] = table.tBodies;
    const titles = [...head.cells];
    // A table whose first column has no title has rows of different kinds, which are not compared.
    if (body.rows.length < MIN_ROWS || titles.some((cell) => cell.tagName !== 'TH')) continue;
    const original = [...body.rows];
    titles.forEach((title, column) => {
      if (isMixed(original, column)) return;
      makeButton(title, () => {
        const order = ORDERS[(ORDERS.indexOf(orderOf(title)) + 1) % ORDERS.length];
        for (const each of titles) each.setAttribute('aria-sort', each === title ? order : 'none');
        body.append(...sorted(original, column, order));
      });
    });
  }
}

function makeButton(title: HTMLTableCellElement, onClick: () => void): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = title.textContent;
  button.addEventListener('click', onClick);
  title.setAttribute('aria-sort', 'none');
  title.replaceChildren(button);
}

function orderOf(title: Element): Order {
  return ORDERS.find((order) => order === title.getAttribute('aria-sort')) ?? 'none';
}

/** A sum stays below the rows that it is of. */
function sorted(original: readonly HTMLTableRowElement[], column: number, order: Order) {
  if (order === 'none') return original;
  const sums = original.filter(({ cells }) => cells[0].querySelector('strong') !== null);
  const rows = original.filter((row) => !sums.includes(row));
  const keys = new Map(rows.map((row) => [row, keyOf(row.cells[column].textContent)]));
  const keyFor = (row: HTMLTableRowElement) => keys.get(row) ?? keyOf('');
  rows.sort((first, second) => compare(keyFor(first), keyFor(second), order === 'ascending' ? 1 : -1));
  return [...rows, ...sums];
}

/** Whether a column has numbers as well as texts, such as the values of different settings. */
function isMixed(rows: readonly HTMLTableRowElement[], column: number): boolean {
  const keys = rows.map(({ cells }) => keyOf(cells[column].textContent)).filter((key) => !isEmpty(key));
  return new Set(keys.map(({ number }) => Number.isNaN(number))).size > 1;
}

interface Key {
  readonly text: string;
  /** What the text begins with, or a duration in seconds; NaN if that is no number, or the first one of a shape such as 28×28. */
  readonly number: number;
}

function keyOf(cell: string): Key {
  const text = cell.trim();
  const plain = text.replace(/[,\s]/g, '').replace('−', '-');
  const duration = /^(\d+):(\d+)(?::(\d+))?(min|h)$/.exec(plain);
  if (duration !== null) {
    const [, first, second, third = '0', unit] = duration;
    const seconds = 60 * Number(first) + Number(second);
    return { text, number: unit === 'min' ? seconds : 60 * seconds + Number(third) };
  }
  const number = /^(?:p?[<>=≈])?([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?![\d.×])/.exec(plain)?.[1];
  return { text, number: Number(number ?? NaN) };
}

/** Numbers as numbers, before texts; cells without content are last in either direction. */
function compare(first: Key, second: Key, direction: 1 | -1): number {
  const empty = Number(isEmpty(first)) - Number(isEmpty(second));
  if (empty !== 0) return empty;
  const kinds = Number(Number.isNaN(first.number)) - Number(Number.isNaN(second.number));
  const difference = kinds === 0 ? first.number - second.number : kinds;
  // NaN for two texts.
  return direction * (difference || texts.compare(first.text, second.text));
}

function isEmpty({ text }: Key): boolean {
  return text === '' || text === '–';
}
