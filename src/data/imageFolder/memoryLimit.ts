/** Images of a data set that together take more bytes than this are not kept in memory, but read from the cache. */
export const MAX_MEMORY_BYTES = 2 ** 29;
