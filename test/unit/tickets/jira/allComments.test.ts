import { ApiError } from '../../../../lib/http/errors';
import type { ApiRequest, Transport } from '../../../../lib/http/types';
import { allComments } from '../../../../lib/tickets/jira/allComments';
import { findCustomFields } from '../../../../lib/tickets/jira/customFields';
import type { JiraIssue } from '../../../../lib/tickets/jira/types';

const list = (count: number) => Array.from({ length: count }, (_, id) => ({ id: String(id) }));

/** A server with so many comments, which sends a hundred at a time. */
function server(count: number, reported = count) {
	const requests: ApiRequest[] = [];
	const transport = (async (request: ApiRequest) => {
		requests.push(request);
		const from = Number(request.query?.startAt);
		const comments = list(count).slice(from, from + 100);
		return { status: 200, headers: {}, data: { comments, total: reported } };
	}) as Transport;
	return { requests, transport };
}
const issue = (sent: number, total: number, type = 'service_desk'): JiraIssue => ({
	id: '10001',
	fields: { comment: { comments: list(sent), total }, project: { projectTypeKey: type } },
});
const failing = (status: number) =>
	(async () => {
		throw new ApiError('no', { status });
	}) as Transport;

it('asks for nothing that Cloud has sent already', async () => {
	const { requests, transport } = server(3);
	const { comments } = await allComments(transport, issue(3, 3), 'cloud');
	expect([comments.length, requests.length]).toEqual([3, 0]);
});

it('reads all of a list that was cut, a hundred at a time', async () => {
	const { requests, transport } = server(250);
	const { comments, leftOut } = await allComments(transport, issue(20, 250), 'cloud');
	expect(comments).toEqual(list(250));
	expect(leftOut).toEqual({});
	expect(requests.map(({ path, query }) => [path, query?.startAt, query?.expand])).toEqual([
		['/rest/api/3/issue/10001/comment', 0, undefined],
		['/rest/api/3/issue/10001/comment', 100, undefined],
		['/rest/api/3/issue/10001/comment', 200, undefined],
	]);
});

it('stops at 5,000 and counts the rest', async () => {
	const { transport } = server(5_250);
	const { comments, leftOut } = await allComments(transport, issue(20, 5_250), 'cloud');
	expect([comments.length, leftOut]).toEqual([5_000, { comment_beyond_5000: 250 }]);
});

it('comes to an end where a server ignores the place or reports too many', async () => {
	const same = (async () => ({
		status: 200,
		headers: {},
		data: { comments: list(100), total: 900 },
	})) as unknown as Transport;
	expect((await allComments(same, issue(20, 900), 'cloud')).comments).toHaveLength(100);
	const { transport } = server(30, 900);
	expect((await allComments(transport, issue(20, 900), 'cloud')).comments).toHaveLength(30);
});

it('asks Data Center which comments are internal, in service projects', async () => {
	const { requests, transport } = server(2);
	await allComments(transport, issue(2, 2), 'dataCenter');
	expect(requests[0]).toMatchObject({
		path: '/rest/api/2/issue/10001/comment',
		query: { expand: 'properties' },
	});
	await allComments(transport, issue(2, 2, 'software'), 'dataCenter');
	await allComments(transport, issue(0, 0), 'dataCenter');
	expect(requests).toHaveLength(1);
});

it('keeps what it has of an issue that vanished, unless it may be internal', async () => {
	const { comments, leftOut } = await allComments(failing(404), issue(2, 9), 'cloud');
	expect([comments.length, leftOut]).toEqual([2, { comment_not_readable: 7 }]);
	const hidden = await allComments(failing(404), issue(2, 2), 'dataCenter');
	expect(hidden).toEqual({ comments: [], leftOut: { comment_not_readable: 2 } });
	await expect(allComments(failing(500), issue(2, 9), 'cloud')).rejects.toThrow('no');
});

describe('custom fields', () => {
	const field = (id: unknown, custom: unknown) => ({ id, schema: { custom } });
	const answering = (data: unknown) =>
		(async () => ({ status: 200, headers: {}, data })) as unknown as Transport;

	it('are found by their type', async () => {
		const transport = answering([
			field('customfield_10010', 'com.atlassian.servicedesk:vp-origin'),
			field('customfield_1,*all', 'com.atlassian.servicedesk:sd-request-feedback'),
			field('customfield_3', 'constructor'),
			null,
			{},
		]);
		expect(await findCustomFields(transport, 'cloud')).toEqual({
			requestType: 'customfield_10010',
		});
	});

	it('are done without where they may not be listed', async () => {
		expect(await findCustomFields(failing(403), 'cloud')).toEqual({});
		expect(await findCustomFields(answering({ no: 'list' }), 'cloud')).toEqual({});
		await expect(findCustomFields(failing(401), 'cloud')).rejects.toThrow('no');
	});
});
