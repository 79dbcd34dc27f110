/** The parser of the texts that users write for reports. */
export { Marked, type Token, type Tokens } from 'marked';
