export { composeHandlers, type LambdaHandlers } from './composition/compose-handlers.ts';
export { tokens } from './composition/container.ts';
export { AuthorizeHandler } from './handlers/authorize-handler.ts';
