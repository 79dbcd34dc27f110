import { option } from '../../core/optionName.js';

/** What else the user can do where a GPU cannot be used. */
export const USE_CPU = `use ${option('device')} cpu`;
