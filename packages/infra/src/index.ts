export { type StackTemplate, synthesizeStage, type TemplateResource } from './synthesize-stage.ts';
