import { ApiError } from '../../../lib/http/errors';
import { deploymentsOf, waitUntilReady } from '../../../lib/openai/deployments';
import { azureDialect } from '../../../lib/openai/dialects/azure';
import { openAiDialect } from '../../../lib/openai/dialects/openai';
import type { Deployment, DeploymentStatus } from '../../../lib/openai/dialects/types';
import type { ApiRequest, Transport } from '../../../lib/http/types';

import { fakeSurroundings } from './fakes';

const deployment = (status: DeploymentStatus, more: Partial<Deployment> = {}): Deployment => ({
	id: 'support',
	model: 'support',
	source_model: null,
	status,
	provider_status: null,
	error_message: null,
	created_at: null,
	raw: {},
	...more,
});

function setup(looks: Array<Deployment | ApiError>) {
	const { surroundings, sleeps } = fakeSurroundings();
	const get = async () => {
		const look = looks.length > 1 ? looks.shift()! : looks[0];
		if (look instanceof ApiError) throw new ApiError(look.message, look.details);
		return look;
	};
	const wait = async (timeoutMs: number, first = deployment('creating')) =>
		await waitUntilReady({ get }, (() => undefined) as never, surroundings, first, timeoutMs);
	return { wait, sleeps };
}

describe('waitUntilReady', () => {
	it('looks with growing pauses until the model answers', async () => {
		const { wait, sleeps } = setup([
			deployment('creating'),
			new ApiError('busy', { status: 503 }),
			deployment('ready'),
		]);
		expect((await wait(600_000)).status).toBe('ready');
		expect(sleeps).toEqual([5_000, 7_500, 11_250]);
	});

	it('gives back what there is when the time is up, and does not look at all at 0', async () => {
		const { wait, sleeps } = setup([deployment('creating')]);
		expect((await wait(12_000)).status).toBe('creating');
		expect(sleeps).toEqual([5_000, 7_000]);
		expect((await wait(0)).status).toBe('creating');
		expect(sleeps).toHaveLength(2);
	});

	it('says why it failed', async () => {
		const failed = deployment('failed', { provider_status: 'Failed', error_message: 'No quota' });
		await expect(setup([failed]).wait(60_000)).rejects.toMatchObject({
			message: 'The deployment support failed (Failed): No quota',
			details: { code: 'deployment_failed' },
		});
	});

	it('does not sit out what will not pass', async () => {
		const gone = new ApiError('gone', { status: 404 });
		await expect(setup([gone]).wait(60_000)).rejects.toThrow('gone');
	});
});

it('says where models answer without being deployed', () => {
	expect(() => deploymentsOf(openAiDialect)).toThrow('OpenAI has no deployments');
});

describe('Azure', () => {
	const { list } = deploymentsOf(azureDialect);

	/** Pages of the resource manager, with the link of the first one. */
	function server(nextLink: string) {
		const requests: ApiRequest[] = [];
		const send = (async (request: ApiRequest) => {
			requests.push(request);
			const more = request.query?.$skipToken === undefined;
			const value = [{ name: more ? 'a' : 'b', properties: { provisioningState: 'Succeeded' } }];
			return { status: 200, headers: {}, data: { value, ...(more && { nextLink }) } };
		}) as Transport;
		return { requests, send };
	}

	it('follows further pages by their cursor, and never to where the link points', async () => {
		const { requests, send } = server('https://evil.example/deployments?$skipToken=abc');
		expect((await list(send)).map(({ id }) => id)).toEqual(['a', 'b']);
		expect(requests.map(({ path, query }) => [path, query?.$skipToken])).toEqual([
			['/deployments', undefined],
			['/deployments', 'abc'],
		]);
	});

	it.each(['not a link', 'https://evil.example/'])(
		'stops at a link without cursor',
		async (link) => {
			const { requests, send } = server(link);
			expect(await list(send)).toHaveLength(1);
			expect(requests).toHaveLength(1);
		},
	);
});
