import { InklingError } from '../../../core/errors.js';
import type { Piece } from './pieces.js';
import { productOf, sumOf } from './simplify/combine.js';
import { simplify } from './simplify/simplify.js';
import { areFactors, type Flow, type Origin } from './traceGraph.js';

/** Containers within each other. */
const MAX_NESTING = 32;

/**
 * The pieces between the image and a value, with a container for each node that combines two branches: its branches begin at the last value
 * that both depend on.
 *
 * @throws {InklingError} when branches share anything but their input
 */
export function sequenceTo(output: Flow): Piece[] {
  const visited = new Set<Flow>();

  function between(start: Flow | undefined, end: Flow, nesting: number): Piece[] {
    const parts: (readonly Piece[])[] = [];
    for (let flow = end; flow !== start && flow.origin !== undefined;) {
      checkVisit(flow, visited, nesting);
      parts.push(partOf(flow.origin, flow, nesting));
      // Only the image has none.
      if (flow.dominator === undefined) break;
      flow = flow.dominator;
    }
    return simplify(parts.reverse().flat());
  }

  function partOf(origin: Origin, { dominator }: Flow, nesting: number): readonly Piece[] {
    if (origin.kind === 'pieces') return origin.pieces;
    const { kind, inputs, name, label } = origin;
    const [first, second] = inputs.map((input) => between(dominator, input, nesting + 1));
    const combination = { branches: [first, second] as const, name, label };
    return kind === 'Add' ? sumOf(combination) : productOf(combination, areFactors(...inputs));
  }

  return between(undefined, output, 0);
}

function checkVisit(flow: Flow, visited: Set<Flow>, nesting: number): void {
  if (nesting > MAX_NESTING) {
    throw new InklingError(
      `expected at most ${MAX_NESTING} branches within each other, got more; import a simpler network`,
    );
  }
  if (visited.has(flow)) {
    throw new InklingError(
      `${labelOf(flow)}: expected branches that share only their input, as in a residual network, got a value that is used in ` +
        'several branches; networks such as DenseNet cannot be imported',
    );
  }
  visited.add(flow);
}

function labelOf({ origin }: Flow): string {
  if (origin === undefined) return 'the input';
  return origin.kind === 'pieces' ? (origin.pieces.at(0)?.label ?? 'a node') : origin.label;
}
