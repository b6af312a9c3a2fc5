/** How far a batch has come. */
export interface BatchProgress<Answer> {
  readonly total: number;
  readonly placed: readonly Answer[];
  readonly failures: readonly Error[];
}

/**
 * Does something `total` times, a few at once, and tells of each that is done. What fails is counted; the others go on.
 * After an abort nothing new begins.
 */
export async function placeMany<Answer>(
  total: number,
  place: (index: number) => Promise<Answer>,
  options: {
    readonly atOnce?: number;
    readonly signal?: AbortSignal;
    readonly onProgress?: (progress: BatchProgress<Answer>) => void;
  } = {},
): Promise<BatchProgress<Answer>> {
  const { atOnce = 5, signal, onProgress } = options;
  let progress: BatchProgress<Answer> = { total, placed: [], failures: [] };
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < total && !signal?.aborted) {
      const index = next++;
      try {
        const answer = await place(index);
        progress = { ...progress, placed: [...progress.placed, answer] };
      } catch (error) {
        const failure = error instanceof Error ? error : new Error(String(error));
        progress = { ...progress, failures: [...progress.failures, failure] };
      }
      onProgress?.(progress);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, total) }, worker));
  return progress;
}
