/** See app.js, which bundlers read. */
export function run(): Promise<{
  readonly epochs: number;
  readonly losses: readonly number[];
  readonly threads: number;
  readonly limitation: string | undefined;
  readonly probabilities: readonly number[];
}>;
