import fc from 'fast-check';

import type { ApiRequest, Transport } from '../../../../lib/http/types';
import { fireworksDialect } from '../../../../lib/openai/dialects/fireworks';
import { fireworksBody } from '../../../../lib/openai/dialects/fireworksBody';
import { accountOf, at, slug } from '../../../../lib/openai/dialects/fireworksNames';
import { speak } from '../../../../lib/openai/dialects/speak';
import type { JobStatus } from '../../../../lib/openai/dialects/types';

const dialect = fireworksDialect({ accountId: 'lab' });

function server(data: unknown) {
	const requests: ApiRequest[] = [];
	const send = (async (request: ApiRequest) => {
		requests.push(request);
		return { status: 200, headers: {}, data };
	}) as Transport;
	return { requests, transport: speak(dialect, send) };
}

describe('states', () => {
	it.each([
		['JOB_STATE_CREATING', 'queued'],
		['JOB_STATE_PENDING', 'queued'],
		['JOB_STATE_RE_QUEUEING', 'queued'],
		['JOB_STATE_VALIDATING', 'validating_files'],
		['JOB_STATE_RUNNING', 'running'],
		['JOB_STATE_WRITING_RESULTS', 'running'],
		['JOB_STATE_CANCELLING', 'running'],
		['JOB_STATE_UNSPECIFIED', 'running'],
		['JOB_STATE_PAUSED', 'paused'],
		['JOB_STATE_COMPLETED', 'succeeded'],
		['JOB_STATE_EARLY_STOPPED', 'succeeded'],
		['JOB_STATE_FAILED', 'failed'],
		['JOB_STATE_EXPIRED', 'failed'],
		['JOB_STATE_CANCELLED', 'cancelled'],
		['JOB_STATE_DELETING', 'cancelled'],
	] as Array<[string, JobStatus]>)('%s is %s', (word, status) => {
		expect(dialect.jobStatus(word)).toBe(status);
	});

	it('names the model once there is one, by the job where nothing else was said', () => {
		const id = 'accounts/lab/dpoJobs/j1';
		const model = (status: string, more = {}) => dialect.tunedModel({ id, status, ...more });
		expect(model('JOB_STATE_RUNNING', { outputModel: 'm' })).toBeUndefined();
		expect(model('JOB_STATE_COMPLETED', { trainingConfig: { outputModel: 'm' } })).toBe('m');
		expect(model('succeeded')).toBe('accounts/lab/models/j1');
	});
});

describe('names', () => {
	it.each([
		['Support Answers!', 'support-answers'],
		['--x--', 'x'],
		['Ünï', 'n'],
		['', ''],
		['a'.repeat(90), 'a'.repeat(63)],
	])('makes %j an id', (text, id) => {
		expect(slug(text)).toBe(id);
	});

	it('makes an id of any text that has one', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
				expect(slug(text)).toMatch(/^(?:|[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)$/);
			}),
		);
	});

	it('asks for the account, and takes its name in both forms', () => {
		expect(accountOf({ accountId: ' accounts/my-team ' })).toBe('my-team');
		expect(() => accountOf({})).toThrow("has no 'Account ID'");
		expect(() => accountOf({ accountId: 'a/../b' })).toThrow('cannot be a/../b');
	});

	it.each(['', ' ', '.', '..', 'a/..'])('reaches nothing else by the id %j', (id) => {
		expect(() => at('lab', 'models', id)).toThrow("'Model' is empty");
	});
});

describe('a new job', () => {
	it('takes a model of the account as one to train further', () => {
		const body = fireworksBody(
			'lab',
			{ model: 'accounts/lab/models/x', training_file: 'd' },
			'run',
		);
		expect(body).toEqual({
			dataset: 'accounts/lab/datasets/d',
			warmStartFrom: 'accounts/lab/models/x',
		});
	});

	it('names the model of each run differently', () => {
		const settings = { model: 'm', training_file: 'd', suffix: 'Help Desk' };
		const [one, other] = ['1', '2'].map((run) => fireworksBody('lab', settings, run).outputModel);
		expect(one).toMatch(/^accounts\/lab\/models\/help-desk-[0-9a-f]{8}$/);
		expect(other).not.toBe(one);
	});

	it('logs to Weights & Biases with a key', () => {
		const integrations = [{ type: 'wandb', wandb: { project: 'p', name: 'n' } }];
		const settings = { model: 'm', training_file: 'd', integrations };
		const body = fireworksBody('lab', { ...settings, wandbConfig: { apiKey: 'w' } }, 'run');
		expect(body.wandbConfig).toEqual({ enabled: true, project: 'p', apiKey: 'w' });
		expect(() => fireworksBody('lab', settings, 'run')).toThrow('asks for the key of');
	});
});

describe('lists', () => {
	const jobs = async (query: object, data: unknown) => {
		const { requests, transport } = server(data);
		const request = { method: 'GET' as const, path: '/fine_tuning/jobs', query: { ...query } };
		return { requests, ...(await transport<Record<string, unknown>>(request)) };
	};

	it('takes any place to go on from', async () => {
		await fc.assert(
			fc.asyncProperty(fc.string(), async (after) => {
				const { data } = await jobs({ after }, {});
				expect(data).toMatchObject({ data: [], has_more: false });
			}),
		);
	});

	it('goes on only in the list that has more', async () => {
		const { data } = await jobs(
			{},
			{ supervisedFineTuningJobs: [{ name: 'a' }], nextPageToken: 'p,1' },
		);
		const { requests } = await jobs({ after: data.last_id }, {});
		expect(requests.map(({ query }) => query?.pageToken)).toEqual(['p,1', 'p,1']);
		const half = String(data.last_id).split(',')[0];
		const second = await jobs({ after: `${half},` }, {});
		expect(second.requests.map(({ path }) => path)).toEqual([
			'/v1/accounts/lab/supervisedFineTuningJobs',
		]);
	});

	it('takes answers of any shape', async () => {
		await fc.assert(
			fc.asyncProperty(fc.jsonValue(), async (odd) => {
				expect(Array.isArray((await jobs({}, odd)).data.data)).toBe(true);
			}),
		);
	});
});
