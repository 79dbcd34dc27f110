/** The name of a data set or a file, without its folders, which belong to one machine. */
export function fileNameOf(path: string): string {
  return path.replace(/[/\\]+$/, '').replace(/^.*[/\\]/, '');
}
