/** Whom and where the trigger listens to. */
import type { TriggerKind } from './types';

export interface Filters {
	kinds: ReadonlySet<TriggerKind>;
	/** Ids; an empty set allows all. Channels are not looked at in direct messages. */
	allowedChannels: ReadonlySet<string>;
	deniedChannels: ReadonlySet<string>;
	allowedUsers: ReadonlySet<string>;
	deniedUsers: ReadonlySet<string>;
	/** Also people of other organizations, in channels shared with them. */
	includesExternalPeople: boolean;
}

/** Ids from a text with commas or spaces between them, or from a list; a leading # or @ does no harm. */
export function readIds(value: unknown): Set<string> {
	const parts = Array.isArray(value) ? value.map(String) : String(value ?? '').split(/[\s,;]/);
	return new Set(parts.map((part) => part.trim().replace(/^[#@]/, '')).filter(Boolean));
}

/** Why somebody is not heard; undefined where nothing speaks against it. */
export function placeFault(
	filters: Filters,
	{ channelId, userId, isDirect }: { channelId: string; userId: string; isDirect: boolean },
): string | undefined {
	if (filters.deniedUsers.has(userId)) return 'the user is denied';
	if (!allows(filters.allowedUsers, userId)) return 'the user is not among the allowed ones';
	if (isDirect) return undefined;
	if (filters.deniedChannels.has(channelId)) return 'the channel is denied';
	if (!allows(filters.allowedChannels, channelId)) return 'the channel is not allowed';
	return undefined;
}

function allows(ids: ReadonlySet<string>, id: string): boolean {
	return ids.size === 0 || ids.has(id);
}
