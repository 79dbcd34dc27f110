/** The line of a process's standard error that says most about why it ended. */
export function complaintIn(errors: string): string {
  const lines = errors.split('\n').filter((line) => line.trim() !== '');
  return (
    lines.find((line) => /^\w*Error\b.*: /.test(line)) ??
    lines.at(-1) ??
    'ended without a word'
  ).trim();
}
