import * as z from 'zod';
import { InklingError } from '../../core/errors.js';
import { parseJson } from '../../core/json.js';
import { validate } from '../../core/validate.js';
import { decodeValue, type Distribution, type Value } from '../space/distribution.js';
import { chooseParams, type Params, type Space } from '../space/space.js';
import { distributionText } from './records.js';

/** A distribution as Optuna writes it. */
const distributionSchema = z.object({ name: z.string(), attributes: z.record(z.string(), z.json()) });

/** Decodes parameters of trials that Optuna has written, which must be those of the space of the sweep. */
export class OptunaParameters {
  readonly #space: Space;
  readonly #who: string;
  /** By parameter: texts of distributions that are those of the space. */
  readonly #known = new Map<string, { readonly distribution: Distribution; readonly texts: Set<string> }>();

  /** @param who the journal, for error messages */
  constructor(space: Space, who: string) {
    this.#space = space;
    this.#who = who;
    for (const { name, distribution } of space.parameters) {
      this.#known.set(name, { distribution, texts: new Set() });
    }
  }

  /**
   * @param number the value as a number: the index of a choice
   * @param text the distribution as JSON text
   * @throws {InklingError} when the space has another distribution, or no such parameter
   */
  decode(trial: number, name: string, number: number, text: string): Value {
    const known = this.#known.get(name);
    if (known === undefined) {
      const names = [...this.#known.keys()].join(', ');
      throw new InklingError(
        `${this.#who}: trial ${trial}: ${name}: expected a parameter of the space (${names}), got another; a study can be continued if its parameters are the settings that vary in the space file`,
      );
    }
    const { distribution, texts } = known;
    if (!texts.has(text)) {
      this.#assertSame(distribution, text, `${this.#who}: trial ${trial}: ${name}`);
      texts.add(text);
    }
    return decodeValue(distribution, number);
  }

  /**
   * @param params of a trial that has ended
   * @returns those whose conditions hold
   * @throws {InklingError} when one is missing, which samplers need
   */
  activeOf(trial: number, params: Params): Params {
    return chooseParams(this.#space, ({ name }) => {
      const value = params[name];
      if (value !== undefined) return value;
      throw new InklingError(
        `${this.#who}: trial ${trial}: ${name}: expected a value, since it varies in the space, got none; if the study did not vary it, state a plain value in the space file`,
      );
    });
  }

  #assertSame(distribution: Distribution, text: string, who: string): void {
    const expected = describe(distributionText(distribution), who);
    const got = describe(text, who);
    if (expected === got) return;
    throw new InklingError(
      `${who}: expected the distribution of the space, ${expected}, got ${got}; change the space file`,
    );
  }
}

/** `FloatDistribution(high=0.1, log=true, low=0.0001, step=null)`: as in Optuna, with sorted attributes. */
function describe(text: string, who: string): string {
  const { name, attributes } = validate(distributionSchema, parseJson(text, who), who);
  const sorted = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${name}(${sorted.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(', ')})`;
}
