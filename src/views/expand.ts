import { Template } from 'adaptivecards-templating';

/** An Adaptive Card as Teams takes it: version 1.5, plain JSON. */
export type AdaptiveCard = { readonly type: 'AdaptiveCard'; readonly [property: string]: unknown };

/**
 * Compiles a template once; expanding it is synchronous and safe to share. Text that comes with the data is never read as
 * an expression. The only place that knows adaptivecards-templating.
 */
export const compile = <Data extends object>(template: object): ((data: Data) => AdaptiveCard) => {
  const compiled = new Template(template);
  return (data) => compiled.expand({ $root: data }) as AdaptiveCard;
};
