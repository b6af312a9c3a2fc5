export { type StackTemplate, synthesizeStage } from './synthesize-stage.ts';
