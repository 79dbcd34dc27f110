/**
 * Replaces Zod in the script of workers, where schemas are defined but not used: the page has validated what a worker receives. All are the
 * same.
 */
interface Schema {
  readonly check: () => Schema;
  readonly register: () => Schema;
  readonly shape: Readonly<Record<string, never>>;
}

/* @__NO_SIDE_EFFECTS__ */
const nothing = (): Schema => schema;
const schema: Schema = { check: nothing, register: nothing, shape: {} };

export {
  nothing as _default,
  nothing as array,
  nothing as base64,
  nothing as boolean,
  nothing as config,
  nothing as describe,
  nothing as discriminatedUnion,
  nothing as enum,
  nothing as int,
  nothing as lazy,
  nothing as literal,
  nothing as looseObject,
  nothing as lt,
  nothing as maximum,
  nothing as meta,
  nothing as minLength,
  nothing as minimum,
  nothing as number,
  nothing as object,
  nothing as omit,
  nothing as optional,
  nothing as pipe,
  nothing as positive,
  nothing as readonly,
  nothing as record,
  nothing as refine,
  nothing as regex,
  nothing as registry,
  nothing as strictObject,
  nothing as string,
  nothing as transform,
  nothing as tuple,
  nothing as union,
  nothing as unknown,
};
