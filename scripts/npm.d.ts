/** Runs npm and returns what it prints. */
export function npm(...args: readonly string[]): string;

/** Packs what has been built, and returns the path of the archive. */
export function pack(folder: string): string;
