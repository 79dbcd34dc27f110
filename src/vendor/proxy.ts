/** What downloading through a proxy needs of other packages. */
export { fetch, ProxyAgent } from 'undici';
