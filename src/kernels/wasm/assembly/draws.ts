/** Which of an image's random numbers is for what; the nodes of its bending come one behind the other. */
export const SHIFT_DOWN: i32 = 0;
export const SHIFT_RIGHT: i32 = 1;
export const ROTATE: i32 = 2;
export const SCALE: i32 = 3;
export const SHEAR: i32 = 4;
export const CROP_DOWN: i32 = 5;
export const CROP_RIGHT: i32 = 6;
export const FLIP: i32 = 7;
export const FIRST_NODE: i32 = 64;
