/** What folders cannot contain on some systems, what separates them, and what would hide them. */
const FORBIDDEN = /[%/\\:*?"<>|]|\p{Cc}|^\.|[. ]$|^_(?=_MACOSX$)/giu;
const ESCAPED = /%([0-9A-F]{2})/g;

/** The name of the folder of a class: characters that it cannot contain are written as in URLs. */
export function folderOfClass(name: string): string {
  return name.replace(
    FORBIDDEN,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** The inverse of `folderOfClass`. */
export function classOfFolder(folder: string): string {
  return folder.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
