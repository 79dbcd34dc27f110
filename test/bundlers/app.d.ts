/** See app.js, which bundlers read. */
export function run(): Promise<{
  readonly epochs: number;
  readonly losses: readonly number[];
  readonly threads: number;
  readonly limitation: string | undefined;
  readonly bits: readonly number[];
  readonly prediction: readonly [label: string, probability: number];
}>;
