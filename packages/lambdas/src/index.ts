export { applicationModule } from './composition/application-module.ts';
export { composeHandlers, type LambdaHandlers } from './composition/compose-handlers.ts';
export { tokens } from './composition/tokens.ts';
export { type Problem, problem, problemMediaType } from './http/problem.ts';
