/** The version of this package, which saved models record. */
export const VERSION = '0.1.0';
