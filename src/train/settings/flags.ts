import { z } from 'zod';

/** What the command line adds to a setting. */
export interface Flag {
  /** The flag's name, where it is not the setting's in kebab case. */
  readonly flag?: string;
  /** What stands for the value in the help; missing where the flag alone says it all. */
  readonly value?: string;
  readonly help: string;
}

/** The flag of each setting: command line and configuration are one definition. */
export const flags = z.registry<Flag>();
