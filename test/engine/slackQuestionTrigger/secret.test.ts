/** How often the signing secret is read; what is refused is in attack.test.ts. */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { HarnessCredentialsHelper } from '../harness/credentials';
import type { WebhookHostOptions } from '../harness/webhook';

import { envelope, message, newHost, SECRET, signed } from './support';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const ROTATED = 'f'.repeat(32);

let reads: jest.SpyInstance;
let clock: jest.SpyInstance<number>;

beforeEach(() => {
	clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
	reads = jest.spyOn(HarnessCredentialsHelper.prototype, 'getDecrypted');
});
afterEach(() => jest.restoreAllMocks());

function setup(options: Partial<WebhookHostOptions> = {}) {
	const credential: ICredentialDataDecryptedObject = { signingSecret: SECRET, botToken: 'xoxb-1' };
	const n8n = newHost({}, { credentials: { slackQuestionsApi: credential }, ...options });
	const ask = async (secret = SECRET) => {
		const { status } = await n8n.request(signed(JSON.stringify(envelope(message())), { secret }));
		return status;
	};
	const burst = async (count: number, secret = SECRET) =>
		await Promise.all(Array.from({ length: count }, async () => await ask(secret)));
	return { n8n, credential, ask, burst };
}

const times = (count: number, status: number) => Array.from({ length: count }, () => status);

test('a burst reads it once, and so do the questions after it', async () => {
	const { n8n, ask, burst } = setup();
	expect(await burst(30)).toEqual(times(30, 200));
	for (let later = 1_000; later < 30_000; later += 1_000) {
		clock.mockReturnValue(NOW + later);
		expect(await ask()).toBe(200);
	}
	expect(reads).toHaveBeenCalledTimes(1);
	clock.mockReturnValue(NOW + 30_000);
	expect(await burst(5)).toEqual(times(5, 200));
	expect(reads).toHaveBeenCalledTimes(2);
	expect(n8n.executions).toBe(30 + 29 + 5);
});

test('triggers with one credential share it, those with another do not', async () => {
	const [one, twin] = [setup({ credentialId: 'shared' }), setup({ credentialId: 'shared' })];
	const other = setup({ credentialId: 'other' });
	other.credential.signingSecret = ROTATED;
	expect([await one.ask(), await twin.ask()]).toEqual([200, 200]);
	expect(reads).toHaveBeenCalledTimes(1);
	expect([await other.ask(ROTATED), await other.ask(), await one.ask()]).toEqual([200, 401, 200]);
});

test('a secret that was replaced counts at once, and the one before it no more', async () => {
	const { credential, ask, burst } = setup();
	expect(await ask()).toBe(200);
	credential.signingSecret = ROTATED;
	expect(await burst(10, ROTATED)).toEqual(times(10, 200));
	expect(await ask()).toBe(401);
	expect(reads).toHaveBeenCalledTimes(2);
});

test('a secret that is entered late counts at once', async () => {
	const { credential, ask } = setup();
	credential.signingSecret = '';
	expect(await ask()).toBe(401);
	credential.signingSecret = SECRET;
	expect(await ask()).toBe(200);
});

test('forged requests cost a reading a second', async () => {
	const { n8n, ask, burst } = setup();
	expect(await ask()).toBe(200);
	expect(await burst(50, ROTATED)).toEqual(times(50, 401));
	clock.mockReturnValue(NOW + 999);
	expect(await burst(50, ROTATED)).toEqual(times(50, 401));
	expect(await ask()).toBe(200);
	expect(reads).toHaveBeenCalledTimes(2);
	clock.mockReturnValue(NOW + 1_000);
	expect(await burst(50, ROTATED)).toEqual(times(50, 401));
	expect(reads).toHaveBeenCalledTimes(3);
	expect(n8n.executions).toBe(2);
});

test('unsigned requests cost none', async () => {
	const { n8n } = setup();
	expect(await n8n.request({ body: JSON.stringify(envelope(message())) })).toMatchObject({
		status: 401,
	});
	expect(reads).not.toHaveBeenCalled();
});

test('a reading that failed is not kept, and nothing of it is told', async () => {
	const { n8n, ask, burst } = setup();
	reads.mockRejectedValueOnce(new Error(`cannot decrypt ${SECRET}`));
	expect(await burst(3)).toEqual([401, 401, 401]);
	const texts = n8n.logged.map(({ message: text }) => text);
	expect(new Set(texts)).toEqual(
		new Set(['"Node" refused a request (401): the credential cannot be read']),
	);
	expect(reads).toHaveBeenCalledTimes(1);
	expect(await ask()).toBe(200);
	expect(reads).toHaveBeenCalledTimes(2);
});

test('a credential without an ID is read each time', async () => {
	const { ask } = setup({ credentialId: null });
	expect([await ask(), await ask()]).toEqual([200, 200]);
	expect(reads).toHaveBeenCalledTimes(2);
});
