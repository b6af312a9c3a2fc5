export { applicationModule } from './composition/application-module.ts';
export { composeHandlers, type LambdaHandlers } from './composition/compose-handlers.ts';
export { tokens } from './composition/tokens.ts';
