/** A union shows only what all its members share, so each is asked; a type variable stands for what bounds it. */
const membersOf = (type) => {
  const bound = type.getConstraint() ?? type;
  return bound.isUnion() ? bound.types : [bound];
};

const isTicket = (type) =>
  membersOf(type).some((part) => part.getProperties().some((property) => property.name.startsWith('__@sealed')));

/**
 * A copy of a sealed ticket loses the seal on `ownerId`. Only evolve.ts and ticket.ts make tickets; elsewhere spreading,
 * collecting the rest, Object.assign and structuredClone of a value whose type carries the seal (`[sealed]`) is refused.
 */
export const noTicketCopy = {
  meta: {
    type: 'problem',
    docs: { description: 'refuse copies of a sealed ticket' },
    messages: {
      copy: 'A copy of a ticket loses the seal on ownerId: express the change as an event and let evolve() make the next ticket.',
    },
    schema: [],
  },
  create(context) {
    const services = context.sourceCode.parserServices;
    const check = (node, value) => {
      if (isTicket(services.getTypeAtLocation(value))) context.report({ node, messageId: 'copy' });
    };
    return {
      'ObjectExpression > SpreadElement': (node) => check(node, node.argument),
      'ObjectPattern > RestElement': (node) => check(node, node.parent),
      "CallExpression[callee.object.name='Object'][callee.property.name='assign']": (node) =>
        node.arguments.forEach((value) => check(node, value)),
      "CallExpression[callee.name='structuredClone']": (node) => node.arguments.forEach((value) => check(node, value)),
    };
  },
};
