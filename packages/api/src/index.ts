export {
  ApiProblem,
  type CallOptions,
  type Client,
  type ClientOptions,
  createClient,
  stageOf,
  type TokenSource,
} from './client.ts';
export type { paths } from './generated/paths.ts';
export {
  type Issue,
  type Problem,
  type ProblemCode,
  type ProblemExtra,
  problem,
  problemMediaType,
  rejection,
} from './problems.ts';
export { defaultLimit, invoiceCursor, orderCursor, queries } from './queries.ts';
export { type QueryRule, type QueryValues, readQuery, textRule } from './read-query.ts';
export * from './schemas/orders.ts';
export * from './schemas/runtime.ts';
export { executionName } from './schemas/values.ts';
