import type { Piece } from '../pieces.js';
import { activations } from './activations.js';
import * as arithmetic from './arithmetic.js';
import type { Operation } from './operation.js';
import * as reshapes from './reshapes.js';
import * as weighted from './weighted.js';
import * as windows from './windows.js';

/** What nodes with one input that depends on the image become, by their operator. */
export const operators: ReadonlyMap<string, (operation: Operation) => readonly Piece[]> = new Map(
  Object.entries({ ...windows, ...weighted, ...activations, ...arithmetic, ...reshapes }),
);
