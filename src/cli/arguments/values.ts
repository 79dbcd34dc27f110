import * as z from 'zod';
import { $ZodArray, $ZodObject, $ZodOptional, $ZodReadonly, type $ZodType, $ZodUnion } from 'zod/v4/core';
import { UsageError } from '../../core/errors.js';
import { unknownName } from '../../core/suggest.js';

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Parses an argument according to a schema. Array elements are separated by commas, and so are the `name=value` pairs of an
 * object; a name without a value means true.
 *
 * @param who the flag, for error messages
 * @throws {UsageError} that says what was expected
 */
export function parseValue<Schema extends $ZodType>(
  schema: Schema,
  word: string,
  who: string,
): z.output<Schema> {
  const result = z.safeParse(schema, inputOf(schema, word, who));
  if (result.success) return result.data;
  const choices = z.toJSONSchema(schema).enum?.map(String);
  const problem =
    choices === undefined
      ? `${expectation(schema, result.error)}, got "${word}"`
      : unknownName('value', word, choices);
  throw new UsageError(`${who}: ${problem}`);
}

/** The input of a schema for a word. */
function inputOf(schema: $ZodType, word: string, who: string): unknown {
  if (schema instanceof $ZodOptional || schema instanceof $ZodReadonly) {
    return inputOf(schema._zod.def.innerType, word, who);
  }
  if (schema instanceof $ZodUnion) {
    const inputs = schema._zod.def.options.map((option) => inputOf(option, word, who));
    return inputs.find((input) => z.safeParse(schema, input).success) ?? word;
  }
  if (schema instanceof $ZodArray) {
    const { element } = schema._zod.def;
    return word.split(',').map((part) => inputOf(element, part, who));
  }
  const { type } = z.toJSONSchema(schema);
  if (type === 'number' || type === 'integer') return parseNumber(word);
  if (type === 'boolean') return word === 'true' || (word === 'false' ? false : word);
  return schema instanceof $ZodObject ? parseMembers(schema._zod.def.shape, word, who) : word;
}

function parseMembers(
  members: Readonly<Partial<Record<string, $ZodType>>>,
  word: string,
  who: string,
): Record<string, unknown> {
  const known = Object.keys(members);
  const values: Record<string, unknown> = {};
  for (const part of word.split(',')) {
    const [, name, , value = 'true'] = /^([^=]*)(=(.*))?$/s.exec(part) ?? [];
    const schema = members[name];
    if (schema === undefined) throw new UsageError(`${who}: ${unknownName('name', name, known)}`);
    if (name in values) throw new UsageError(`${who}: "${name}" is given twice; remove one`);
    values[name] = parseValue(schema, value, `${who} ${name}`);
  }
  return values;
}

/** NaN for a word that is not entirely a number, such as `12x` or the empty word. */
function parseNumber(word: string): number {
  return NUMBER.test(word) ? Number(word) : NaN;
}

function expectation(schema: $ZodType, { issues }: z.ZodError): string {
  const [issue] = issues;
  if (issue.code === 'invalid_format') return issue.message;
  if (schema instanceof $ZodOptional && schema._zod.def.innerType instanceof $ZodUnion)
    return `expected ${z.globalRegistry.get(schema)?.description ?? ''}`;
  const { type, ...limits } = z.toJSONSchema(schema);
  if (type === 'string') return 'expected a name';
  if (type === 'boolean') return 'expected true or false';
  if (type === 'array') return 'expected names separated by commas';
  const noun = type === 'integer' ? 'a whole number' : 'a number';
  return `expected ${[noun, describeLimits(limits)].filter((part) => part !== '').join(' ')}`;
}

function describeLimits({
  minimum,
  exclusiveMinimum,
  maximum,
  exclusiveMaximum,
}: z.core.JSONSchema.BaseSchema): string {
  const hasMaximum = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  if (minimum !== undefined && hasMaximum) return `from ${minimum} to ${maximum}`;
  const parts = [
    minimum !== undefined && `of at least ${minimum}`,
    exclusiveMinimum !== undefined && `above ${exclusiveMinimum}`,
    hasMaximum && `of at most ${maximum}`,
    exclusiveMaximum !== undefined && `below ${exclusiveMaximum}`,
  ];
  return parts.filter((part) => part !== false).join(' and ');
}
