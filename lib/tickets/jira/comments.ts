/** Comments of an issue as messages, and what is left out of them. */
import type { TicketMessage } from '../types';
import { isoOf, listOf, objectOf, timeOf } from '../values';
import { namesOf, roleOf, userId } from './people';
import { jiraText } from './text';
import type { Deployment, JiraComment } from './types';

export interface CommentRules {
	deployment: Deployment;
	/** Also internal notes, and comments that only a group or role may read. */
	includeInternalNotes: boolean;
	stripQuotes: boolean;
}

export interface Conversation {
	messages: TicketMessage[];
	leftOut: Record<string, number>;
	people: string[];
}

type Audience = 'everybody' | 'internal_note' | 'restricted_comment' | 'comment_of_outsider';

/** Messages in order of time. */
export function conversationOf(
	comments: JiraComment[],
	reporterId: string | undefined,
	rules: CommentRules,
): Conversation {
	const messages: TicketMessage[] = [];
	const people: string[] = [];
	const leftOut = new Map<string, number>();
	for (const comment of inOrder(comments)) {
		people.push(...namesOf(comment.author));
		const audience = audienceOf(comment);
		if (!isWanted(audience, rules)) {
			leftOut.set(audience, (leftOut.get(audience) ?? 0) + 1);
			continue;
		}
		const { text, mentions, attachments } = jiraText(comment.body, rules.stripQuotes);
		people.push(...mentions);
		messages.push({
			id: String(comment.id ?? ''),
			role: roleOf(comment.author, reporterId, rules.deployment),
			public: audience === 'everybody',
			authorId: userId(comment.author),
			createdAt: isoOf(comment.created),
			text,
			...(attachments.length > 0 ? { attachments } : {}),
		});
	}
	return { messages, people, leftOut: Object.fromEntries(leftOut) };
}

function isWanted(audience: Audience, { includeInternalNotes }: CommentRules): boolean {
	if (audience === 'everybody') return true;
	// A mail from somebody outside of the request is nobody's answer, and nobody has checked it.
	return includeInternalNotes && audience !== 'comment_of_outsider';
}

function audienceOf(comment: JiraComment): Audience {
	if (comment.jsdAuthorCanSeeRequest === false) return 'comment_of_outsider';
	if (comment.jsdPublic === false || isMarkedInternal(comment)) return 'internal_note';
	return objectOf(comment.visibility) ? 'restricted_comment' : 'everybody';
}

/** What Data Center knows of a comment in a service project. */
function isMarkedInternal({ properties }: JiraComment): boolean {
	return listOf(properties).some(
		({ key, value }) => key === 'sd.public.comment' && isTrue(objectOf(value)?.internal),
	);
}

function isTrue(value: unknown): boolean {
	return value === true || value === 'true';
}

function inOrder(comments: JiraComment[]): JiraComment[] {
	const time = (comment: JiraComment) => timeOf(comment.created) ?? 0;
	return [...comments].sort((a, b) => time(a) - time(b));
}
