import type { ContainerModule } from 'inversify';
import { getItemBindings } from './get-item-bindings.ts';
import { getObjectBindings } from './get-object-bindings.ts';
import { moduleOf } from './module-of.ts';
import { notifyBindings } from './notify-bindings.ts';
import { putItemBindings } from './put-item-bindings.ts';
import { putObjectBindings } from './put-object-bindings.ts';

/**
 * Binds the use cases to the ports' names, and the handlers to the use cases. Which adapters is another module's say.
 */
export const applicationModule: ContainerModule = /* @__PURE__ */ moduleOf(
  putItemBindings,
  putObjectBindings,
  notifyBindings,
  getItemBindings,
  getObjectBindings,
);
