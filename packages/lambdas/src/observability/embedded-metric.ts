/** A metric and its dimensions, whose values stand beside it in the same line. */
export interface Counted {
  readonly metric: string;
  readonly dimensions: readonly string[];
}

const namespace = 'CoffeeOrders';

/** What makes a line of the log a metric too (CloudWatch embedded metric format): counts one. */
export function embeddedMetric({ metric, dimensions }: Counted): Record<string, unknown> {
  return {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        { Namespace: namespace, Dimensions: [dimensions], Metrics: [{ Name: metric, Unit: 'Count' }] },
      ],
    },
    [metric]: 1,
  };
}
