import { z } from 'zod';
import type { Channel, Person, Tenant } from './tenant.ts';
import { botId, channelOf, homeOf, personalChat } from './tenant.ts';

const account = z.looseObject({ id: z.string().optional(), aadObjectId: z.string().optional() });

/** What the mirror must understand of a Bot Framework activity; everything else passes through untouched. */
export const activityShape = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  serviceUrl: z.string().optional(),
  replyToId: z.string().optional(),
  name: z.string().optional(),
  text: z.string().optional(),
  value: z.unknown().optional(),
  from: account.optional(),
  recipient: account.optional(),
  conversation: z.looseObject({ id: z.string() }).optional(),
  channelData: z.looseObject({}).optional(),
  attachments: z.array(z.unknown()).optional(),
  membersAdded: z.array(account).optional(),
});
export type Activity = z.infer<typeof activityShape>;

/** The body of `POST /v3/conversations`. */
export const creationShape = z.looseObject({
  isGroup: z.boolean().optional(),
  members: z.array(account).optional(),
  activity: activityShape.partial({ type: true }).optional(),
  channelData: z.looseObject({ channel: z.looseObject({ id: z.string() }).optional() }).optional(),
});
export type Creation = z.infer<typeof creationShape>;

/** A text and each attachment: a Playground shows them as messages of their own, and edits only such parts. */
export function partsOf(activity: Activity): Activity[] {
  const { text, attachments = [], ...common } = activity;
  const texts = text === undefined || text === '' ? [] : [{ ...common, text }];
  return [...texts, ...attachments.map((attachment) => ({ ...common, attachments: [attachment] }))];
}

/** The members that real Teams puts into every activity of a person, and a Playground leaves out or fills with its own. */
export function asTeamsSends(
  activity: Activity,
  sender: { person: Person; tenant: Tenant; serviceUrl: string },
): Activity {
  const { person, tenant, serviceUrl } = sender;
  const conversation = activity.conversation ?? { id: personalChat(person) };
  const isExecute = activity.type === 'invoke' && activity.name === 'adaptiveCard/action';
  return {
    ...activity,
    channelId: 'msteams',
    serviceUrl,
    from: { id: person.teamsId, name: person.name, aadObjectId: person.id },
    recipient: { id: botId(tenant), name: tenant.botName },
    conversation: { ...conversation, tenantId: tenant.id },
    channelData: { ...activity.channelData, tenant: { id: tenant.id } },
    ...(isExecute ? { value: { ...(activity.value as object | undefined), trigger: 'manual' } } : {}),
  };
}

/** The conversation and channel members of an activity sent in that conversation. */
export function placeOf(tenant: Tenant, conversationId: string): Pick<Activity, 'conversation' | 'channelData'> {
  const channel: Channel | undefined = channelOf(tenant, conversationId);
  if (!channel) return { conversation: { id: conversationId, conversationType: 'personal' } };
  return {
    conversation: { id: conversationId, conversationType: 'channel', isGroup: true },
    channelData: {
      teamsChannelId: homeOf(conversationId),
      teamsTeamId: tenant.team.id,
      team: { id: tenant.team.id },
      channel: { id: channel.id },
    },
  };
}
