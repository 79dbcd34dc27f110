/** A file as an input of a page has it: in no folder. Files in Node.js have no path. */
export function chosenFile(name: string, bytes: Uint8Array = new Uint8Array()): File {
  return Object.assign(new File([new Uint8Array(bytes)], name), { webkitRelativePath: '' });
}
