import type { ContainerModuleLoadOptions } from 'inversify';
import { ContainerModule } from 'inversify';

/** A function that binds: what modules are made of, so that a function of Lambda takes only what it needs. */
export type Bindings = (options: ContainerModuleLoadOptions) => void;

/** One module that binds what these functions bind. */
export function moduleOf(...bindings: readonly Bindings[]): ContainerModule {
  return new ContainerModule((options) => {
    for (const bind of bindings) bind(options);
  });
}
