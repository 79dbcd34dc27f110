/** The parser of the texts that users write for reports. */
export { lexer, type Token, type Tokens } from 'marked';
