export type * from './api.ts';
export type { BackEndAnswer } from './integration-response.ts';
export type { StackTemplate } from './read-api.ts';
export { readApi } from './read-api.ts';
export type { Resolve } from './resolve-value.ts';
export type { Gateway } from './start-gateway.ts';
export { startGateway } from './start-gateway.ts';
export type { BackEnd, ServiceCall } from './step-functions-back-end.ts';
