import { z } from 'zod';
import { UsageError } from '../core/errors.js';
import { didYouMean } from '../core/suggest.js';

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/**
 * The value that a word of the command line stands for, as a schema describes it.
 *
 * @param who the flag, to begin the error with
 * @throws {UsageError} that says what was expected
 */
export function parseValue<Schema extends z.ZodType>(
  schema: Schema,
  word: string,
  who: string,
): z.output<Schema> {
  const { type } = z.toJSONSchema(schema);
  const isNumber = type === 'number' || type === 'integer';
  const result = schema.safeParse(isNumber ? parseNumber(word) : word);
  if (result.success) return result.data;
  const choices = choicesOf(schema);
  const hint = choices === undefined ? '' : `.${didYouMean(word, choices)}`;
  throw new UsageError(
    `${who}: ${expectation(schema, result.error)}, got "${word}"${hint === '.' ? '' : hint}`,
  );
}

/** Not a number for all that is none as a whole, such as `12x`, and for the empty word. */
function parseNumber(word: string): number {
  return NUMBER.test(word) ? Number(word) : NaN;
}

function expectation(schema: z.ZodType, { issues }: z.ZodError): string {
  const [issue] = issues;
  if (issue.code === 'invalid_format') return issue.message;
  const choices = choicesOf(schema);
  if (choices !== undefined) return `expected ${choices.join(' or ')}`;
  const { type, ...limits } = z.toJSONSchema(schema);
  if (type === 'string') return 'expected a name';
  const noun = type === 'integer' ? 'a whole number' : 'a number';
  return `expected ${[noun, describeLimits(limits)].filter((part) => part !== '').join(' ')}`;
}

function describeLimits({
  minimum,
  exclusiveMinimum,
  maximum,
  exclusiveMaximum,
}: z.core.JSONSchema.BaseSchema): string {
  const parts = [
    minimum !== undefined && `of at least ${minimum}`,
    exclusiveMinimum !== undefined && `above ${exclusiveMinimum}`,
    maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && `of at most ${maximum}`,
    exclusiveMaximum !== undefined && `below ${exclusiveMaximum}`,
  ];
  return parts.filter((part) => part !== false).join(' and ');
}

function choicesOf(schema: z.ZodType): string[] | undefined {
  return z.toJSONSchema(schema).enum?.map(String);
}
