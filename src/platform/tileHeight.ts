/**
 * The number of rows of the register tile that V8 can hold in the registers of any processor: two rows of four vectors. It does not
 * affect results.
 */
export const MIN_TILE_HEIGHT = 2;
