import type { Random } from '#inkling/core/random.js';
import { type Color, mix, type Print, type Scene } from './photos.js';

/** Changes a scene of dark ink on white paper into one of a kind. */
type Kind = (scene: Scene, random: Random) => Partial<Scene>;

/** A sheet of white paper with a digit in the middle, in even light. */
export function plainScene(random: Random): Scene {
  const [width, height] = [between(random, 260, 420), between(random, 260, 420)];
  const side = Math.round(Math.min(width, height) * random.uniform(0.6, 0.95));
  const gray = random.uniform(215, 248);
  const dark = random.uniform(20, 80);
  const dim = random.uniform(0, 0.12);
  return {
    width,
    height,
    paper: [gray, gray, gray - random.uniform(0, 12)],
    ink: [dark, dark, dark + random.uniform(0, 30)],
    digit: {
      x: width / 2 + ((width - side) / 2) * random.uniform(-0.7, 0.7),
      y: height / 2 + ((height - side) / 2) * random.uniform(-0.7, 0.7),
      side,
      rotation: random.uniform(-0.1, 0.1),
    },
    level: 0.5,
    gaps: 0.1,
    prints: [],
    toSheet: (x, y) => [x, y],
    sheet: [-1e4, -1e4, 1e4, 1e4],
    desk: [40, 40, 40],
    light: (x, y) => 1 - (dim * (x + y)) / (width + height),
    grain: random.uniform(1, 3),
    grainSize: 1,
  };
}

/** The kinds of photos, by name. */
export const photoKinds: Readonly<Record<string, Kind>> = {
  pencil: (_, random) => {
    const gray = random.uniform(95, 135);
    return { ink: [gray, gray, gray], gaps: 0.5, grain: random.uniform(4, 8) };
  },
  ballpoint: (_, random) => ({
    ink: random.uniform(0, 1) < 0.7 ? [40, 50, random.uniform(110, 170)] : [35, 35, 40],
    level: 0.75,
  }),
  'light pen': ({ paper }, random) => ({
    ink: random.uniform(0, 1) < 0.5 ? [245, 220, 70] : mix(paper, [60, 60, 60], random.uniform(0.15, 0.3)),
    level: 0.6,
    grain: random.uniform(0, 2),
  }),
  'colored pen on colored paper': (_, random) =>
    pick(random, [
      { paper: [250, 215, 90], ink: [30, 60, 160] },
      { paper: [170, 205, 235], ink: [150, 25, 45] },
      { paper: [235, 160, 175], ink: [20, 95, 60] },
      { paper: [60, 70, 110], ink: [240, 215, 80] },
      { paper: [30, 80, 55], ink: [240, 240, 235] },
    ]),
  'ink that differs only in color': (_, random) =>
    pick(random, [
      { paper: [60, 120, 60], ink: [205, 40, 40] },
      { paper: [120, 120, 120], ink: [70, 110, 230] },
      { paper: [90, 140, 90], ink: [220, 60, 200] },
      { paper: [120, 150, 230], ink: [235, 115, 105] },
      { paper: [225, 165, 60], ink: [130, 185, 215] },
    ]),
  'graph paper': (scene, random) => {
    const pitch = Math.min(scene.width, scene.height) * random.uniform(0.07, 0.18);
    const width = random.uniform(1, 2.5);
    const tilt = random.uniform(-0.04, 0.04);
    const color = rulingColor(random);
    return { prints: [ruling(pitch, width, tilt, color), ruling(pitch, width, tilt + Math.PI / 2, color)] };
  },
  'lined paper': (scene, random) => {
    const pitch = scene.height * random.uniform(0.1, 0.3);
    const tilt = random.uniform(-0.06, 0.06);
    const lines = ruling(pitch, random.uniform(1, 3), tilt, rulingColor(random));
    const margin: Print = {
      color: [225, 120, 120],
      coverage: (x) => lineCoverage(x - 0.1 * scene.width, 2),
    };
    return { prints: random.uniform(0, 1) < 0.3 ? [lines, margin] : [lines] };
  },
  'printed box': (scene, random) => {
    const { x, y, side } = scene.digit;
    const [halfWidth, halfHeight] = [side * random.uniform(0.4, 0.55), side * random.uniform(0.42, 0.55)];
    const width = random.uniform(1.5, 4.5);
    const gray = random.uniform(30, 170);
    const coverage = (u: number, v: number) =>
      lineCoverage(Math.max(Math.abs(u - x) - halfWidth, Math.abs(v - y) - halfHeight), width);
    const scale = Math.min(1, Math.min(scene.width, scene.height) / (1.15 * side));
    return {
      digit: { ...scene.digit, rotation: random.uniform(-0.05, 0.05) },
      prints: [{ color: [gray, gray, gray], coverage }],
      toSheet: rotation(x, y, random.uniform(-0.03, 0.03), scale),
    };
  },
  'printed line': (scene, random) => {
    const { x, y, side } = scene.digit;
    const under = y + side * random.uniform(0.34, 0.45);
    const half = random.uniform(0, 1) < 0.6 ? 1e4 : side * random.uniform(0.5, 0.7);
    const width = random.uniform(1.5, 4.5);
    const gray = random.uniform(30, 170);
    const coverage = (u: number, v: number) => (Math.abs(u - x) > half ? 0 : lineCoverage(v - under, width));
    return {
      digit: { ...scene.digit, rotation: random.uniform(-0.05, 0.05) },
      prints: [{ color: [gray, gray, gray], coverage }],
      toSheet: rotation(x, y, random.uniform(-0.03, 0.03), 1),
    };
  },
  'soft shadow': (scene, random) => ({
    light: shadow(scene, random, random.uniform(0.4, 0.65), random.uniform(0.1, 0.4) * scene.width),
  }),
  'sharp shadow': (scene, random) => ({
    light: shadow(scene, random, random.uniform(0.4, 0.7), random.uniform(1, 6)),
  }),
  grain: (_, random) => ({
    grain: random.uniform(9, 18),
    grainSize: random.uniform(0, 1) < 0.7 ? 1 : 2,
  }),
  skew: (scene, random) => ({
    toSheet: perspective(scene, random.uniform(-0.25, 0.25), random.uniform(-0.25, 0.25)),
    digit: { ...scene.digit, rotation: random.uniform(-0.25, 0.25) },
  }),
  'sheet on a dark desk': (scene, random) => {
    const { width, height } = scene;
    const [x, y] = [width * random.uniform(0.05, 0.14), height * random.uniform(0.05, 0.14)];
    return {
      sheet: [x, y, width - x, height - y],
      digit: {
        ...scene.digit,
        x: width / 2,
        y: height / 2,
        side: 0.85 * Math.min(width - 2 * x, height - 2 * y),
      },
      toSheet: rotation(width / 2, height / 2, random.uniform(-0.12, 0.12), 1),
      desk: deskColor(random),
    };
  },
  'sheet on a dark desk, two sides': (scene, random) => {
    const { width, height } = scene;
    const [x, y] = [width * random.uniform(0.1, 0.25), height * random.uniform(0.1, 0.25)];
    return {
      sheet: [x, y, 1e4, 1e4],
      digit: {
        ...scene.digit,
        x: (x + width) / 2,
        y: (y + height) / 2,
        side: 0.9 * Math.min(width - x, height - y),
      },
      toSheet: rotation(width / 2, height / 2, random.uniform(-0.03, 0.03), 1),
      desk: deskColor(random),
    };
  },
  'dark scan edge': (scene, random) => {
    const { width, height } = scene;
    const edge = () => (random.uniform(0, 1) < 0.5 ? 0 : random.uniform(0.02, 0.05));
    return {
      sheet: [
        width * random.uniform(0.02, 0.05),
        height * edge(),
        width * (1 - edge()),
        height * (1 - edge()),
      ],
      digit: { ...scene.digit, x: width / 2, y: height / 2, side: 0.85 * scene.digit.side },
      desk: [5, 5, 5],
    };
  },
};

function between(random: Random, low: number, high: number): number {
  return Math.round(random.uniform(low, high));
}

function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[random.uint32() % choices.length];
}

function rulingColor(random: Random): Color {
  const gray = random.uniform(140, 195);
  return pick(random, [
    [gray, gray, gray],
    [gray - 20, gray + 10, 235],
    [gray - 10, gray + 30, gray],
  ]);
}

function deskColor(random: Random): Color {
  const gray = random.uniform(20, 75);
  return pick(random, [
    [gray, gray, gray],
    [gray + 25, gray, gray - 15],
  ]);
}

/** How much a line of a width covers a pixel whose center is at a distance from its middle. */
function lineCoverage(distance: number, width: number): number {
  return Math.min(1, Math.max(0, (width + 1) / 2 - Math.abs(distance)));
}

/** Parallel lines; horizontal if the tilt, clockwise in radians, is 0. */
function ruling(pitch: number, width: number, tilt: number, color: Color): Print {
  const [sin, cos] = [Math.sin(tilt), Math.cos(tilt)];
  return {
    color,
    coverage: (x, y) => {
      const across = (cos * y - sin * x) / pitch;
      return lineCoverage((across - Math.round(across)) * pitch, width);
    },
  };
}

/** The inverse of a rotation around a point with a change of scale. */
function rotation(centerX: number, centerY: number, angle: number, scale: number): Scene['toSheet'] {
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  return (x, y) => [
    centerX + cos * (x - centerX) + sin * (y - centerY),
    centerY - sin * (x - centerX) + cos * (y - centerY),
  ];
}

/** A sheet that is seen at an angle: it recedes to the right or the left, and to the bottom or the top. */
function perspective({ width, height }: Scene, toRight: number, toBottom: number): Scene['toSheet'] {
  return (x, y) => {
    const [u, v] = [x / width - 0.5, y / height - 0.5];
    const depth = 1 + toRight * u + toBottom * v;
    return [width * (0.5 + u / depth), height * (0.5 + v / depth)];
  };
}

/** A shadow with a straight edge through the middle third of the photo. */
function shadow({ width, height }: Scene, random: Random, dark: number, blur: number): Scene['light'] {
  const angle = random.uniform(0, 2 * Math.PI);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [x, y] = [width * random.uniform(0.33, 0.67), height * random.uniform(0.33, 0.67)];
  return (u, v) => {
    const share = Math.min(1, Math.max(0, 0.5 + (cos * (u - x) + sin * (v - y)) / blur));
    return 1 - (1 - dark) * share;
  };
}
