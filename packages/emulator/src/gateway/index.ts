export type { GatewayApi } from './api.ts';
export type { BackEnd, BackEndAnswer, ServiceCall } from './execution-integration.ts';
export type { Resolve } from './properties.ts';
export type { StackTemplate } from './read-api.ts';
export { readApi } from './read-api.ts';
export type { Gateway } from './start-gateway.ts';
export { startGateway } from './start-gateway.ts';
