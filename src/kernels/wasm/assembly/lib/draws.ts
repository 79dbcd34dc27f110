/** The indices of an image's random numbers; see the class `Draws` of the reference kernels. */
export const SHIFT_DOWN: i32 = 0;
export const SHIFT_RIGHT: i32 = 1;
export const ROTATE: i32 = 2;
export const SCALE: i32 = 3;
export const SHEAR: i32 = 4;
export const CROP_DOWN: i32 = 5;
export const CROP_RIGHT: i32 = 6;
export const FLIP: i32 = 7;
export const BRIGHTNESS: i32 = 8;
export const CONTRAST: i32 = 9;
export const ERASE_DOWN: i32 = 10;
export const ERASE_RIGHT: i32 = 11;
export const MIX_KIND: i32 = 12;
export const BOX_DOWN: i32 = 13;
export const BOX_RIGHT: i32 = 14;
export const PART_AREA: i32 = 15;
export const PART_RATIO: i32 = 16;
export const PART_DOWN: i32 = 17;
export const PART_RIGHT: i32 = 18;
export const SATURATION: i32 = 19;
export const HUE: i32 = 20;
/** One number for each change of RandAugment. */
export const FIRST_CHANGE: i32 = 24;
/** Two numbers for each attempt to draw the share of a mixed image. */
export const FIRST_TRY: i32 = 32;
export const MAX_TRIES: i32 = 16;
/** Two numbers for each node of the grid of the elastic deformation. */
export const FIRST_NODE: i32 = 64;
