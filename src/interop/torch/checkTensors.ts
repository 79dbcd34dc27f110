import { InklingError } from '../../core/errors.js';
import { listFirst } from '../../core/format.js';
import type { Shape } from '../../core/shape.js';
import { closestName } from '../../core/closestName.js';
import type { SavedTensor } from '../dtypes.js';

/** PyTorch's name for the number of batches in a layer's running statistics. */
export const COUNTER = 'num_batches_tracked';

/** The names that an error lists of each kind; a model may have hundreds. */
const MAX_LISTED = 10;
/** Of more unexpected tensors, the others are not compared, which would take too long. */
const MAX_CANDIDATES = 1000;

/** Types and shapes of tensors, such as `F32 [2, 3]`, by name. */
type Descriptions = ReadonlyMap<string, string>;

export function describeTensor(dtype: SavedTensor['dtype'], shape: Shape): string {
  return `${dtype} [${shape.join(', ')}]`;
}

/**
 * Compares the tensors of a file with those of a model. Counters of batches may be missing.
 *
 * @param expected by `describeTensor`
 * @param who the file
 * @throws {InklingError} that lists all that are missing, unexpected, or of a wrong type or shape, and for each missing one which
 * unexpected one may be it; of many the first ones, and how many there are
 */
export function checkTensors(
  expected: Descriptions,
  tensors: ReadonlyMap<string, SavedTensor>,
  { model, who }: { model: { readonly name: string }; who: string },
): void {
  const received = new Map(
    [...tensors].map(([name, { dtype, shape }]) => [name, describeTensor(dtype, shape)]),
  );
  const missing = [...expected.keys()].filter((name) => !received.has(name) && !name.endsWith(`.${COUNTER}`));
  const unexpected = [...received].filter(([name]) => !expected.has(name));
  const candidates = new Map(unexpected.slice(0, MAX_CANDIDATES));
  const absent = new Map(missing.map((name) => [name, expected.get(name) ?? '']));
  const hint = (name: string) => describeCandidate(name, absent, candidates);
  const problems = {
    missing: [
      ...missing.slice(0, MAX_LISTED).map((name) => name + hint(name)),
      // Only counted.
      ...missing.slice(MAX_LISTED),
    ],
    unexpected: unexpected.map(([name]) => name),
    'wrong type or shape': [...received].flatMap(([name, got]) => {
      const wanted = expected.get(name);
      return wanted === undefined || got === wanted ? [] : `${name}: expected ${wanted}, got ${got}`;
    }),
  };
  const parts = Object.entries(problems).filter(([, names]) => names.length > 0);
  if (parts.length === 0) return;
  const list = parts.map(([problem, names]) => `${problem}: ${listFirst(names, MAX_LISTED)}`).join('; ');
  throw new InklingError(
    `${who}: expected the tensors of the model ${model.name}; ${list}; choose the model that they were saved from`,
  );
}

/** Which of the unexpected tensors may be a missing one, and why, in parentheses; empty if none may be. */
function describeCandidate(name: string, absent: Descriptions, candidates: Descriptions): string {
  const wanted = absent.get(name) ?? '';
  const alike = namesOf(candidates, wanted);
  const closest = closestTensor(name, alike);
  if (closest !== undefined) return ` (closest: ${closest}, which is ${wanted} too)`;
  if (alike.length === 1 && namesOf(absent, wanted).length === 1)
    return ` (perhaps ${alike[0]}, the only unexpected ${wanted})`;
  const other = closestTensor(name, [...candidates.keys()]);
  return other === undefined ? '' : ` (closest: ${other}, but it is ${candidates.get(other)}, not ${wanted})`;
}

function namesOf(tensors: Descriptions, description: string): string[] {
  return [...tensors].flatMap(([name, each]) => (each === description ? name : []));
}

/** A name with more or fewer modules in front, or else one that is spelled almost alike. */
function closestTensor(name: string, names: readonly string[]): string | undefined {
  const sameEnd = names.find((other) => other.endsWith(`.${name}`) || name.endsWith(`.${other}`));
  return sameEnd ?? closestName(name, names);
}
