import type { IWebhookFunctions } from 'n8n-workflow';

import {
	BAD_REACTIONS,
	GOOD_REACTIONS,
	type ReactionNames,
	readReactions,
} from '../../lib/slack/feedback';
import { type Filters, readIds } from '../../lib/slack/filters';
import type { TriggerKind } from '../../lib/slack/types';

import { COMMAND_REPLY } from './properties';

export interface TriggerSettings {
	filters: Filters;
	reactions: ReactionNames;
	commandReply: string;
	/** Empty for every shortcut. */
	shortcutCallbackId: string;
}

export function readSettings(ctx: IWebhookFunctions): TriggerSettings {
	const kinds = ctx.getNodeParameter('triggerOn', []) as TriggerKind[];
	const options = ctx.getNodeParameter('options', {}) as Record<string, unknown>;
	return {
		filters: {
			kinds: new Set(kinds),
			allowedChannels: readIds(options.allowedChannels),
			deniedChannels: readIds(options.deniedChannels),
			allowedUsers: readIds(options.allowedUsers),
			deniedUsers: readIds(options.deniedUsers),
			includesExternalPeople: options.includeExternalPeople === true,
		},
		reactions: {
			good: readReactions(options.goodReactions ?? GOOD_REACTIONS),
			bad: readReactions(options.badReactions ?? BAD_REACTIONS),
		},
		commandReply: String(options.commandReply ?? COMMAND_REPLY),
		shortcutCallbackId: String(options.shortcutCallbackId ?? '').trim(),
	};
}
