/** The files of a report, in the folder of its run or sweep. */
export const HTML_FILE = 'report.html';
export const PDF_FILE = 'report.pdf';
