/** The most informative line of a failed process's standard error. */
export function errorLineOf(errors: string): string {
  const lines = errors.split('\n').filter((line) => line.trim() !== '');
  return (
    lines.find((line) => /^\w*Error\b.*: /.test(line)) ??
    lines.at(-1) ??
    'failed without an error message'
  ).trim();
}
