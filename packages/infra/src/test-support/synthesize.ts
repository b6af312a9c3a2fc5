import { Template } from 'aws-cdk-lib/assertions';
import type { StackTemplate, TemplateResource } from '../synthesize-stage.ts';
import { synthesizeStage } from '../synthesize-stage.ts';

/** A synthesized stage, for assertions. */
export interface Synthesized {
  readonly template: Template;
  readonly json: StackTemplate;
  /** The resources of a type, by their logical ids. */
  resources(type: string): [id: string, resource: TemplateResource][];
}

/** Synthesizes a stage with these values of the contexts. */
export function synthesize(values: Readonly<Record<string, string>> = {}): Synthesized {
  const { template: json } = synthesizeStage(values);
  return {
    json,
    template: Template.fromJSON(json),
    resources: (type) => Object.entries(json.Resources).filter(([, resource]) => resource.Type === type),
  };
}
