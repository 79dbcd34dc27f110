/** The files of a report, in the folder of its run or sweep. */
export const HTML_FILE = 'report.html';
export const PDF_FILE = 'report.pdf';
export const MARKDOWN_FILE = 'report.md';
export const BIBLIOGRAPHY_FILE = 'references.bib';
/** The programs of the run. */
export const INKLING_FILE = 'program.ts';
export const TORCH_FILE = 'program.py';
