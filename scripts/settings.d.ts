/** The file with the documentation of the settings, from the root of the repository. */
export const FILE: string;

/** The declarations, with a comment for each setting. */
export function settingDocs(): string;
