import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Saver } from '../../../src/lab/storage/saver.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('requests within the interval are saved together, and those while it saves afterwards', async () => {
  let saves = 0;
  let finish: () => void = () => undefined;
  const saver = new Saver(() => {
    saves++;
    return new Promise((resolve) => {
      finish = resolve;
    });
  }, 1000);
  saver.request();
  saver.request();
  await vi.advanceTimersByTimeAsync(999);
  expect(saves).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(saves).toBe(1);
  saver.request();
  saver.flush();
  await vi.advanceTimersByTimeAsync(5000);
  expect(saves).toBe(1);
  finish();
  await vi.advanceTimersByTimeAsync(1000);
  expect(saves).toBe(2);
  finish();
  await vi.advanceTimersByTimeAsync(5000);
  expect(saves).toBe(2);
});

test('flush saves at once, and only what was requested', async () => {
  let saves = 0;
  const saver = new Saver(() => {
    saves++;
    return Promise.resolve();
  }, 1000);
  saver.flush();
  expect(saves).toBe(0);
  saver.request();
  saver.flush();
  expect(saves).toBe(1);
  await vi.advanceTimersByTimeAsync(5000);
  expect(saves).toBe(1);
});
