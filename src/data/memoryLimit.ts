/** Images of a data set that together take more bytes than this are not kept in memory, but read from the cache. */
export const MAX_MEMORY_BYTES = 2 ** 29;

/** About how many bytes of such images are in memory at a time. */
export const CHUNK_BYTES = 2 ** 26;
