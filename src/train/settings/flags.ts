import * as z from 'zod/mini';

/** The command-line flag of a setting. */
export interface Flag {
  /** The flag's name, unless it is the setting's name in kebab case. */
  readonly flag?: string;
  /** The placeholder of its value in the help; absent for a flag without a value. */
  readonly value?: string;
  readonly help: string;
}

/** The flag of each setting. A setting and its flag are defined together. */
export const flags = z.registry<Flag>();
