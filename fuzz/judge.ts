import { InklingError, MachineError, messageOf } from '#inkling/core/errors.js';
import { Random } from '#inkling/core/random.js';
import { mutate } from './mutate.js';
import type { Mutant, Seed, Target } from './target.js';

/** What is wrong with how a target read an input. */
export type FindingKind = 'hang' | 'memory' | 'untyped error' | 'wrong accept';

export interface Finding {
  readonly kind: FindingKind;
  readonly index: number;
  readonly detail: string;
}

/** The seeds of a target, and what they contain. */
export interface Corpus {
  readonly target: Target;
  readonly seeds: readonly Seed[];
  readonly contents: readonly string[];
}

/** @throws {Error} when the target rejects one of its seeds */
export async function openCorpus(target: Target): Promise<Corpus> {
  const seeds = await target.seeds();
  const contents: string[] = [];
  for (const { name, bytes } of seeds) {
    try {
      contents.push(await target.read(bytes.slice()));
    } catch (error) {
      throw new Error(`${target.name}: the seed "${name}" is rejected: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }
  return { target, seeds, contents };
}

/** The input with a number, which depends on nothing else but the seed of the random numbers. */
export function inputOf(
  { target, seeds }: Pick<Corpus, 'target' | 'seeds'>,
  seed: number,
  index: number,
): Mutant {
  return mutate(
    target,
    seeds,
    new Random((Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0),
  );
}

/** Reads an input. Returns whether it was accepted, and what is wrong about that. */
export async function judge(
  { target, contents }: Corpus,
  mutant: Mutant,
  index: number,
): Promise<{ readonly isAccepted: boolean; readonly finding?: Finding }> {
  try {
    // A copy, since a target may change its input.
    const content = await target.read(mutant.bytes.slice());
    const expected = contents[mutant.seed];
    if (mutant.isRepaired || !target.protects(mutant) || content === expected) return { isAccepted: true };
    const detail = `accepted as ${shorten(content)}, expected ${shorten(expected)} or an error`;
    return { isAccepted: true, finding: { kind: 'wrong accept', index, detail } };
  } catch (error) {
    if (error instanceof MachineError)
      return { isAccepted: false, finding: { kind: 'memory', index, detail: error.message } };
    if (error instanceof InklingError) return { isAccepted: false };
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { isAccepted: false, finding: { kind: 'untyped error', index, detail } };
  }
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
