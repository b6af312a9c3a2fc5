export type { BackEnd, BackEndAnswer, ServiceCall } from './execution-integration.ts';
export { type GatewayApi, readApi } from './read-api.ts';
export { startGateway } from './start-gateway.ts';
export type { Resolve } from './template-schemas.ts';
