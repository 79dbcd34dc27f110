import { describe, expect, it } from 'vitest';
import { printConfusion } from '#inkling/cli/terminal/confusion.js';
import type { Io } from '#inkling/cli/io.js';
import { Output } from '#inkling/cli/terminal/output.js';
import { loadDataset } from '#inkling/data/load.js';
import { captureStream, open, interruptibleBy } from '../capture.js';

function printed(confusion: readonly (readonly number[])[], classes: readonly string[]): string {
  const stdout = captureStream();
  const interruptible = interruptibleBy(new AbortController().signal);
  const io: Io = { stdout, stderr: captureStream(), environment: {}, interruptible, open, loadDataset };
  printConfusion(confusion, classes, new Output(io));
  return stdout.text;
}

describe('printConfusion', () => {
  it('shows the matrix, with dots for zeros', () => {
    const confusion = [
      [980, 0, 2],
      [0, 12, 0],
      [1, 0, 7],
    ];
    expect(printed(confusion, ['a', 'b', 'c'])).toBe(
      [
        'Confusion matrix: true classes in rows, predicted classes in columns',
        '     a   b  c',
        'a  980   ·  2',
        'b    ·  12  ·',
        'c    1   ·  7',
        '',
      ].join('\n'),
    );
  });

  it('lists the most frequent confusions if the matrix is wider than the terminal', () => {
    const classes = Array.from({ length: 30 }, (_, label) => `class ${label}`);
    const counts = new Map([
      ['3 7', 5],
      ['7 3', 1200],
      ['3 3', 2000],
    ]);
    const confusion = classes.map((_, label) =>
      classes.map((_, answer) => counts.get(`${label} ${answer}`) ?? 0),
    );
    expect(printed(confusion, classes)).toBe(
      [
        'Most frequent confusions',
        'true class  predicted  images',
        'class 7     class 3     1,200',
        'class 3     class 7         5',
        '',
      ].join('\n'),
    );
  });
});
