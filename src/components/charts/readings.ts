import { epochsOf, type Series } from './chartScale.js';

/** A value of a series that is shown for a selected epoch. */
export interface Reading {
  readonly series: Series;
  readonly epoch: number;
  readonly value: number;
}

/** The value of each series at an epoch: that of its nearest epoch, unless it is further away than the next whole one. */
export function readingsAt(series: readonly Series[], epoch: number): Reading[] {
  return series.flatMap((each) => {
    const epochs = epochsOf(each);
    const nearest = nearestIndex(epochs, epoch);
    if (nearest === -1 || Math.abs(epochs[nearest] - epoch) >= 1) return [];
    return [{ series: each, epoch: epochs[nearest], value: each.values[nearest] }];
  });
}

/** The epoch with a value that is nearest to another one; undefined without values. */
export function nearestEpoch(series: readonly Series[], epoch: number): number | undefined {
  const epochs = series.flatMap(epochsOf);
  return epochs.at(nearestIndex(epochs, epoch));
}

/** The next epoch with a value after or, with a negative direction, before another one, or this one if there is none. */
export function nextEpoch(series: readonly Series[], epoch: number, direction: number): number {
  const further = series.flatMap(epochsOf).filter((each) => (each - epoch) * direction > 0);
  const isNearer = (a: number, b: number) => Math.abs(a - epoch) < Math.abs(b - epoch);
  return further.reduce((next, each) => (isNearer(each, next) ? each : next), further.at(0) ?? epoch);
}

/** @returns -1 without epochs */
function nearestIndex(epochs: readonly number[], epoch: number): number {
  let nearest = -1;
  epochs.forEach((each, index) => {
    if (nearest === -1 || Math.abs(each - epoch) < Math.abs(epochs[nearest] - epoch)) nearest = index;
  });
  return nearest;
}
