/** Who somebody in an issue is. */
import type { TicketRole } from '../types';
import { textOf } from '../values';
import type { Deployment, JiraUser } from './types';

/** The account id of Cloud, the user key or name of Data Center. */
export function userId(user: JiraUser | null | undefined): string | undefined {
	return textOf(user?.accountId) ?? textOf(user?.key) ?? textOf(user?.name);
}

/**
 * Cloud tells customers and apps from agents by `accountType`. Data Center does not, so that everybody but the
 * reporter counts as an agent there. Somebody unknown asks rather than answers: an answer needs an author.
 */
export function roleOf(
	author: JiraUser | null | undefined,
	reporterId: string | undefined,
	deployment: Deployment,
): TicketRole {
	const id = userId(author);
	if (id === undefined || id === reporterId) return 'requester';
	if (deployment === 'dataCenter') return 'agent';
	if (author?.accountType === 'customer') return 'requester';
	return author?.accountType === 'app' ? 'system' : 'agent';
}

/** Every form in which a text of the issue may name them. */
export function namesOf(user: JiraUser | null | undefined): string[] {
	return [user?.displayName, user?.emailAddress, user?.name].map(textOf).filter(isText);
}

function isText(value: string | undefined): value is string {
	return value !== undefined;
}
