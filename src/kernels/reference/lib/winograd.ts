/** By tile size, the matrix G of Winograd's algorithm: F(2×2, 3×3), and F(4×4, 3×3) for the points 0, ±3/4, ±3/2 and infinity. */
export const WEIGHT_TRANSFORMS = {
  2: [
    [1, 0, 0],
    [1 / 2, 1 / 2, 1 / 2],
    [1 / 2, -1 / 2, 1 / 2],
    [0, 0, 1],
  ],
  4: [
    [64 / 81, 0, 0],
    [-128 / 243, -32 / 81, -8 / 27],
    [-128 / 243, 32 / 81, -8 / 27],
    [32 / 243, 16 / 81, 8 / 27],
    [32 / 243, -16 / 81, 8 / 27],
    [0, 0, 1],
  ],
} as const;
