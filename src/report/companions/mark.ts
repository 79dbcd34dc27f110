/** The comment by which a file is recognized as one that may be replaced. */
export const MARK =
  '# Written by inkling report, which replaces this file. To keep your changes, remove this line.';
