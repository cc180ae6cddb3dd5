/** The comments that a search result does not hold. */
import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import { listOf } from '../values';
import type { Deployment, JiraComment, JiraCommentPage, JiraIssue } from './types';

export interface AllComments {
	comments: JiraComment[];
	/** What could not be read, by reason. */
	leftOut: Record<string, number>;
}

const PAGE_SIZE = 100;
/** Jira's own limit of comments on an issue in Cloud. */
const MAX_COMMENTS = 5_000;

/**
 * Every comment of an issue. A search cuts long lists of comments (Cloud), or says nothing about which of them are
 * internal (Data Center): then they are read once more, from the first one.
 *
 * @throws ApiError unless the issue vanished in between, whose comments so far are kept.
 */
export async function allComments(
	transport: Transport,
	issue: JiraIssue,
	deployment: Deployment,
): Promise<AllComments> {
	const page = issue.fields?.comment;
	const sent = listOf(page?.comments);
	const total = typeof page?.total === 'number' ? page.total : sent.length;
	const isEnough = deployment === 'cloud' ? sent.length >= total : !mayBeInternal(issue, total);
	if (isEnough) return { comments: sent, leftOut: {} };
	try {
		return await readComments(transport, issue, deployment);
	} catch (cause) {
		return sentOnly(cause, sent, total, deployment);
	}
}

/** Of Data Center's project types only service projects have internal notes. */
function mayBeInternal({ fields }: JiraIssue, total: number): boolean {
	const type = fields?.project?.projectTypeKey;
	return total > 0 && (type === undefined || type === 'service_desk');
}

async function readComments(
	transport: Transport,
	{ id, key }: JiraIssue,
	deployment: Deployment,
): Promise<AllComments> {
	const version = deployment === 'cloud' ? 3 : 2;
	const path = `/rest/api/${version}/issue/${encodeURIComponent(String(id ?? key))}/comment`;
	const expand = deployment === 'dataCenter' ? 'properties' : undefined;
	const comments: JiraComment[] = [];
	const seen = new Set<string>();
	for (;;) {
		const { data } = await transport<JiraCommentPage>({
			method: 'GET',
			path,
			query: { startAt: comments.length, maxResults: PAGE_SIZE, orderBy: 'created', expand },
		});
		const page = listOf(data.comments).filter((comment) => isNew(comment, seen));
		comments.push(...page);
		const total = typeof data.total === 'number' ? data.total : Infinity;
		if (page.length === 0 || comments.length >= total) return { comments, leftOut: {} };
		if (comments.length >= MAX_COMMENTS) {
			const rest = Number.isFinite(total) ? total - comments.length : 1;
			return { comments, leftOut: { comment_beyond_5000: rest } };
		}
	}
}

/** A server that ignores `startAt` sends the same comments for ever. */
function isNew({ id }: JiraComment, seen: Set<string>): boolean {
	if (id === undefined) return true;
	const isFirst = !seen.has(id);
	seen.add(id);
	return isFirst;
}

function sentOnly(
	cause: unknown,
	sent: JiraComment[],
	total: number,
	deployment: Deployment,
): AllComments {
	const isGone = cause instanceof ApiError && cause.details.status === 404;
	if (!isGone) throw cause;
	// Without their properties Data Center's comments may be internal notes.
	const comments = deployment === 'cloud' ? sent : [];
	return { comments, leftOut: { comment_not_readable: total - comments.length } };
}
