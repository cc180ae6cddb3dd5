import fc from 'fast-check';

import { dialectOf } from '../../../lib/openai/dialects';
import { parseTunedModelId } from '../../../lib/openai/modelId';
import {
	deleteModel,
	describeModel,
	filterModels,
	getModel,
	listModels,
} from '../../../lib/openai/models';
import { retirementOf } from '../../../lib/openai/retirement';
import { fakeTransport } from './fakes';

const NOW = Date.UTC(2026, 10, 21, 23, 30);
const TUNED = 'ft:gpt-4.1-mini-2025-04-14:my-org:support:AbC12345';

describe('parseTunedModelId', () => {
	it.each([
		[TUNED, { base: 'gpt-4.1-mini-2025-04-14', suffix: 'support' }],
		['ft:gpt-4.1-2025-04-14:my-org::AbC12345', { base: 'gpt-4.1-2025-04-14' }],
		[`${TUNED}:ckpt-step-88`, { base: 'gpt-4.1-mini-2025-04-14', suffix: 'support', step: 88 }],
		['ft:gpt-4o-mini-2024-07-18:org', { base: 'gpt-4o-mini-2024-07-18' }],
		['gpt-4.1-2025-04-14.ft-0e208cf33a6a466994aff31a08aba678', { base: 'gpt-4.1-2025-04-14' }],
		[
			'gpt-4o-mini-2024-07-18.ft-0e208cf33a6a4669-tickets',
			{ base: 'gpt-4o-mini-2024-07-18', suffix: 'tickets' },
		],
		['davinci:ft-acme-2023-01-01', { base: 'davinci' }],
		[
			'meta-llama/Meta-Llama-3.1-8B-Instruct-LoRa:support-AbCd',
			{ base: 'meta-llama/Meta-Llama-3.1-8B-Instruct', suffix: 'support-AbCd' },
		],
		['acme/Qwen3.5-9B-support-1a2b3c4d', {}],
		['mynamespace/meta-llama/Llama-2-7b-hf-32162631', {}],
		['accounts/acme/models/support-answers', {}],
		['qwen-qwen2-5-1-5b-instruct-ft-2f9c01ab', {}],
		['gpt-4.1-mini', undefined],
		['ft:', undefined],
		['my.ft-model', undefined],
		['Qwen/Qwen3.5-9B', undefined],
		['Qwen/Qwen3-30B-A3B-Instruct-2507', undefined],
		['acme/base-20260718', undefined],
		['acme-1a2b3c4d', undefined],
		['accounts/fireworks/models/qwen3-8b', undefined],
		['accounts/acme/deployments/support', undefined],
		['support-ft', undefined],
		['', undefined],
	])('%s', (id, expected) => expect(parseTunedModelId(id)).toEqual(expected));

	it('comes to an end whatever the id', () => {
		const parts = ['ft:', 'a.ft-', ':', 'a/b-0a1b2c3d', '-ft-0a1b2c3d', 'accounts/a/models/'];
		for (const part of parts) {
			parseTunedModelId(part.repeat(50_000));
		}
		fc.assert(fc.property(fc.string(), (id) => void parseTunedModelId(id)));
	});
});

describe('retirementOf', () => {
	it('believes the server before our table, and says whose date it is', () => {
		const model = { id: TUNED, shutdown_date: '2026-12-01' };
		expect(retirementOf(model, 'openAi', NOW)).toEqual({
			shutdownDate: '2026-12-01',
			daysLeft: 10,
			source: 'api',
		});
	});

	it.each([
		[TUNED, 'openAi', '2027-01-14', 54],
		[TUNED, 'azureOpenAi', '2027-04-14', 144],
		['gpt-4.1-mini', 'openAi', '2027-01-14', 54],
		['gpt-4.1-nano-2025-04-14', 'openAi', '2026-10-23', -29],
		['ft:gpt-3.5-turbo-1106:org::x', 'liteLlm', '2026-09-28', -54],
		['gpt-4o-mini-2024-07-18.ft-0e208cf33a6a4669', 'azureOpenAi', '2027-04-14', 144],
	])('%s at %s: %s', (id, provider, shutdownDate, daysLeft) => {
		expect(retirementOf({ id }, provider, NOW)).toMatchObject({
			shutdownDate,
			daysLeft,
			source: 'schedule',
			reference: expect.stringMatching(/^https:\/\/.*\(as of 20\d\d-\d\d-\d\d\)$/),
		});
	});

	it.each([
		['gpt-9', 'openAi'],
		[TUNED, 'nebius'],
		[TUNED, 'other'],
		['constructor', 'openAi'],
		['ft:__proto__:org::x', 'openAi'],
	])('knows nothing of %s at %s', (id, provider) => {
		expect(retirementOf({ id }, provider, NOW)).toBeUndefined();
	});

	it.each(['soon', '', null, '2026-13-45'])('passes over the date %j', (date) => {
		expect(retirementOf({ id: 'gpt-9', shutdown_date: date }, 'openAi', NOW)).toBeUndefined();
	});

	it('counts whole days in UTC', () => {
		const model = { id: 'm', shutdown_date: '2026-11-22' };
		expect(retirementOf(model, 'openAi', Date.UTC(2026, 10, 21))?.daysLeft).toBe(1);
		expect(retirementOf(model, 'openAi', Date.UTC(2026, 10, 21, 23, 59))?.daysLeft).toBe(1);
		expect(retirementOf(model, 'openAi', Date.UTC(2026, 10, 22))?.daysLeft).toBe(0);
	});
});

it('describes a model in ten fields', () => {
	const model = { id: `${TUNED}:ckpt-step-7`, created: 1_760_000_000, owned_by: 'my-org' };
	expect(describeModel(model, 'openAi', NOW)).toEqual({
		id: `${TUNED}:ckpt-step-7`,
		fine_tuned: true,
		base_model: 'gpt-4.1-mini-2025-04-14',
		suffix: 'support',
		checkpoint_step: 7,
		owned_by: 'my-org',
		created_at: '2025-10-09T08:53:20.000Z',
		shutdown_date: '2027-01-14',
		days_left: 54,
		shutdown_source: 'https://platform.openai.com/docs/deprecations (as of 2026-11-21)',
	});
	expect(describeModel({ id: 'acme/Qwen3.5-9B-support-1a2b3c4d' }, 'together', NOW)).toMatchObject({
		fine_tuned: true,
		base_model: null,
		suffix: null,
	});
	expect(describeModel({ id: 'local', shutdown_date: '2027-01-01' }, 'other', NOW)).toMatchObject({
		fine_tuned: false,
		base_model: 'local',
		created_at: null,
		shutdown_source: 'api',
	});
});

it('filters by kind and by days left, newest first', () => {
	const models = [
		{ id: 'gpt-4.1-nano-2025-04-14', created: 1 },
		{ id: TUNED, created: 2 },
		{ id: 'gpt-9', created: 3 },
		{ id: 'ft:gpt-9:org::x', created: 4 },
	];
	const ids = (filter: Parameters<typeof filterModels>[1]) =>
		filterModels(models, filter, 'openAi', NOW).map(({ created }) => created);
	expect(ids({})).toEqual([4, 3, 2, 1]);
	expect(ids({ tuned: true })).toEqual([4, 2]);
	expect(ids({ retiringWithinDays: 54 })).toEqual([2, 1]);
	expect(ids({ retiringWithinDays: 53 })).toEqual([1]);
	expect(ids({ tuned: true, retiringWithinDays: 0 })).toEqual([]);
});

describe('requests', () => {
	it('lists, also from a server that sends a bare list', async () => {
		const { transport, requests } = fakeTransport((_request, index) =>
			index === 0 ? { data: [{ id: 'a' }, null, { name: 'x' }] } : [{ id: 'b' }],
		);
		expect(await listModels(transport)).toEqual([{ id: 'a' }]);
		expect(await listModels(transport)).toEqual([{ id: 'b' }]);
		expect(requests[0]).toEqual({ method: 'GET', path: '/models' });
		const { transport: odd } = fakeTransport(() => ({ models: [] }));
		await expect(listModels(odd)).rejects.toThrow('unknown shape');
	});

	it('escapes ids, and refuses those that would reach another endpoint', async () => {
		const { transport, requests } = fakeTransport(() => ({ id: TUNED, deleted: true }));
		await getModel(transport, ` ${TUNED} `);
		await deleteModel(transport, '../files/x');
		expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'GET /models/ft%3Agpt-4.1-mini-2025-04-14%3Amy-org%3Asupport%3AAbC12345',
			'DELETE /models/..%2Ffiles%2Fx',
		]);
		for (const id of ['', ' ', '.', '..']) {
			await expect(getModel(transport, id)).rejects.toThrow("'Model' is empty");
		}
	});

	it('takes an empty answer to a deletion as done', async () => {
		const { transport } = fakeTransport(() => ({}));
		expect(await deleteModel(transport, 'm')).toEqual({ id: 'm', deleted: true });
	});
});

it("reads OpenAI's jobs", () => {
	const dialect = dialectOf('openAi');
	expect(['queued', 'succeeded', 'paused', 'new_word', ''].map(dialect.jobStatus)).toEqual([
		'queued',
		'succeeded',
		'paused',
		'running',
		'running',
	]);
	expect(dialect.tunedModel({ fine_tuned_model: 'ft:x' })).toBe('ft:x');
	for (const model of [null, '', undefined, 5]) {
		expect(dialect.tunedModel({ fine_tuned_model: model })).toBeUndefined();
	}
});
