/*
 * The flags of WebGPU, by their names in its specification, which defines the values: in Node.js there are no global variables for them.
 */
export const BUFFER_USAGE = {
  MAP_READ: 0x1,
  COPY_SRC: 0x4,
  COPY_DST: 0x8,
  UNIFORM: 0x40,
  STORAGE: 0x80,
} as const;
export const MAP_READ = 0x1;
export const COMPUTE_STAGE = 0x4;
