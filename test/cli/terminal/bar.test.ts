import { describe, expect, it } from 'vitest';
import { formatBar, LiveBar } from '#inkling/cli/terminal/bar.js';
import { captureStream } from '../capture.js';

const state = { label: 'epoch 1/5', fraction: 0.5, details: 'loss 0.1' };

describe('formatBar', () => {
  it('shows label, bar, percent and details', () => {
    expect(formatBar(state, 37)).toBe('epoch 1/5  █████░░░░░  50 %  loss 0.1');
  });

  it('never exceeds the available width', () => {
    for (let width = 1; width < 80; width++) {
      expect(formatBar(state, width).length).toBeLessThanOrEqual(width);
    }
  });

  it('omits the bar if the total is unknown', () => {
    expect(formatBar({ ...state, fraction: undefined }, 80)).toBe('epoch 1/5  loss 0.1');
  });

  it('shows 100 % only at the end', () => {
    expect(formatBar({ ...state, fraction: 0.999 }, 80)).toContain(' 99 %');
    expect(formatBar({ ...state, fraction: 1 }, 80)).toContain('100 %');
  });
});

describe('LiveBar', () => {
  it('draws on its stream and erases the line at the end', () => {
    const stream = captureStream({ tty: true });
    const bar = new LiveBar(stream);
    bar.show(state);
    expect(stream.text).toContain('epoch 1/5  ██');
    bar.clear();
    // Moves to the first column; erases the line; erases everything below.
    expect(stream.text.endsWith('\u001b[1G\u001b[2K\u001b[0J')).toBe(true);
  });
});
