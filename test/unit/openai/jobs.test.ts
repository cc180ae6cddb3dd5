import {
	addPermissions,
	deletePermission,
	listPermissions,
} from '../../../lib/openai/checkpointPermissions';
import { explainEnd, explainTimeout, minutes } from '../../../lib/openai/jobEnd';
import { actOnJob, getJob, jobPath } from '../../../lib/openai/jobs';
import { runIdOf, type RunPlace } from '../../../lib/openai/runId';
import type { WaitResult } from '../../../lib/openai/waitForJob';

import { fakeTransport } from './fakes';

const supports = {
	pause: true,
	events: true,
	checkpoints: true,
	uploads: true,
	checkpointPermissions: true,
	graders: true,
	storedCompletions: true,
};
const CHECKPOINT = 'ft:m:acme::1:ckpt-step-88';
const PERMISSIONS = '/fine_tuning/checkpoints/ft%3Am%3Aacme%3A%3A1%3Ackpt-step-88/permissions';

describe('job calls', () => {
	it('escapes ids, so that none reaches another endpoint', async () => {
		const { transport, requests } = fakeTransport(() => ({ id: 'x' }));
		await getJob(transport, ' ../files/file-1?x ');
		expect(requests[0].path).toBe('/fine_tuning/jobs/..%2Ffiles%2Ffile-1%3Fx');
		for (const id of ['', ' ', '.', '..']) expect(() => jobPath(id)).toThrow("'Job' is empty");
	});

	it.each(['cancel', 'pause', 'resume'] as const)('asks to %s', async (action) => {
		const { transport, requests } = fakeTransport(() => ({ id: 'ftjob-1' }));
		await actOnJob(transport, { supports }, 'ftjob-1', action);
		expect(requests).toEqual([
			{ method: 'POST', path: `/fine_tuning/jobs/ftjob-1/${action}`, retry: 'safe' },
		]);
	});

	it('never asks to pause where that could cancel', async () => {
		const { transport, requests } = fakeTransport(() => ({}));
		const dialect = { supports: { ...supports, pause: false } };
		await expect(actOnJob(transport, dialect, 'ftjob-1', 'pause')).rejects.toThrow(/no way to/);
		await expect(actOnJob(transport, dialect, 'ftjob-1', 'cancel')).resolves.toEqual({});
		expect(requests).toHaveLength(1);
	});
});

describe('checkpoint permissions', () => {
	const api = (answer: unknown = { data: [] }, more = {}) => {
		const fake = fakeTransport(() => answer);
		return {
			requests: fake.requests,
			api: { transport: fake.transport, dialect: { supports }, hasAdminKey: true, ...more },
		};
	};

	it('uses the admin key for all of them', async () => {
		const { api: permissions, requests } = api();
		await listPermissions(permissions, CHECKPOINT, { projectId: 'proj_1', order: 'ascending' }, 5);
		await addPermissions(permissions, CHECKPOINT, ['proj_1', 'proj_2']);
		await deletePermission(permissions, CHECKPOINT, 'cp_1');
		expect(requests).toEqual([
			expect.objectContaining({
				method: 'GET',
				path: PERMISSIONS,
				query: { project_id: 'proj_1', order: 'ascending', limit: 5, after: undefined },
				admin: true,
			}),
			{
				method: 'POST',
				path: PERMISSIONS,
				body: { project_ids: ['proj_1', 'proj_2'] },
				admin: true,
			},
			{ method: 'DELETE', path: `${PERMISSIONS}/cp_1`, admin: true },
		]);
	});

	it.each<[string, object, RegExp]>([
		['no admin key', { hasAdminKey: false }, /no admin key/],
		[
			'a provider without them',
			{ dialect: { supports: { ...supports, checkpointPermissions: false } } },
			/no way to share checkpoints/,
		],
	])('says so with %s, and asks nothing', async (_, more, message) => {
		const { api: permissions, requests } = api({}, more);
		await expect(listPermissions(permissions, CHECKPOINT)).rejects.toThrow(message);
		await expect(addPermissions(permissions, CHECKPOINT, ['p'])).rejects.toThrow(message);
		await expect(deletePermission(permissions, CHECKPOINT, 'cp')).rejects.toThrow(message);
		expect(requests).toEqual([]);
	});

	it('needs something to work on', async () => {
		const { api: permissions } = api();
		await expect(addPermissions(permissions, CHECKPOINT, [])).rejects.toThrow(/Project IDs/);
		await expect(listPermissions(permissions, ' ')).rejects.toThrow(/Checkpoint/);
		await expect(deletePermission(permissions, CHECKPOINT, '')).rejects.toThrow(/Permission/);
	});
});

describe('runIdOf', () => {
	const place: RunPlace = {
		instanceId: 'i',
		workflowId: 'w',
		executionId: '1',
		nodeId: 'n',
		runIndex: 0,
		itemIndex: 0,
	};

	it('is the same for the same place, and another for any other', () => {
		const others = [
			{ instanceId: 'j' },
			{ workflowId: 'v' },
			{ executionId: '10' },
			{ nodeId: 'm' },
			{ runIndex: 1 },
			{ itemIndex: 1 },
			{ executionId: '1n', nodeId: '' },
		].map((other) => runIdOf({ ...place, ...other }));
		expect(runIdOf({ ...place })).toBe(runIdOf(place));
		expect(runIdOf(place)).toMatch(/^[0-9a-f]{40}$/);
		expect(new Set([...others, runIdOf(place)]).size).toBe(others.length + 1);
	});
});

describe('explanations', () => {
	const job = (error: object | null = null) => ({ id: 'ftjob-1', error }) as never;
	const timeout = (status: string, waitedMs = 3_600_000) =>
		explainTimeout({
			job: job(),
			status,
			waitedMs,
			history: [{ status: 'queued' }, { status }],
		} as unknown as WaitResult);

	it("gives the job's own reason and a way out", () => {
		expect(
			explainEnd(
				job({ code: 'invalid_n_examples', message: 'Training file has 3 example(s)' }),
				'failed',
			),
		).toMatchObject({
			message: 'The fine-tuning job ftjob-1 failed (invalid_n_examples)',
			description: expect.stringMatching(/has 3 example\(s\)\. Add examples/),
		});
		expect(
			explainEnd(job({ code: 'x', message: 'blocked by our moderation system.' }), 'failed')
				.description,
		).toMatch(/Remove the examples/);
		expect(explainEnd(job(), 'failed').description).toMatch(/no reason.*Get Events/);
		expect(explainEnd(job({ code: 'toString' }), 'failed').description).toMatch(/Get Events/);
		expect(explainEnd(job(), 'cancelled').message).toMatch(/was cancelled/);
	});

	it('gives the last state and the next step when the time is up', () => {
		expect(timeout('running')).toMatchObject({
			message: 'The fine-tuning job ftjob-1 is still running after 60 minutes',
			description: expect.stringMatching(/queued → running.*Wait for it again/),
		});
		expect(timeout('paused').description).toMatch(/Resume/);
	});

	it.each([
		[0, '0 seconds'],
		[45_000, '45 seconds'],
		[60_000, '1 minute'],
		[90_000, '1.5 minutes'],
	])('says %i ms as %s', (ms, text) => expect(minutes(ms)).toBe(text));

	it('avoids words that blame', () => {
		const texts = [timeout('running'), explainEnd(job(), 'failed'), explainEnd(job(), 'cancelled')];
		for (const { message } of texts) expect(message).not.toMatch(/error|problem|mistake/i);
	});
});
