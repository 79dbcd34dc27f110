/** Modules that `scripts/browserBundle.ts` adds to bundles for browsers. */
declare module 'inkling:kernels/fma' {
  /** The kernels with relaxed SIMD, compressed and in Base64. */
  const text: string;
  export default text;
}

declare module 'inkling:kernels/simd' {
  /** The kernels without relaxed SIMD, compressed and in Base64. */
  const text: string;
  export default text;
}

declare module 'inkling:detector' {
  /** The weights of the digit detector as `formatDetector` writes them. */
  const text: string;
  export default text;
}

declare module 'inkling:gpuWorker' {
  /** The source of the script of workers that train on a GPU; undefined in worker scripts. */
  const source: string | undefined;
  export default source;
}

declare module 'inkling:worker' {
  /** The source of the worker script; undefined in worker scripts. */
  const source: string | undefined;
  export default source;
}
