import { createHmac } from 'node:crypto';

import fc from 'fast-check';
import OpenAI from 'openai';

import { deliveryFault, headerFault } from '../../../../lib/openai/webhooks';
import { withoutHanging } from '../../../support/withoutHanging';

const KEY = Buffer.from('0123456789abcdef0123456789abcdef');
const SECRET = `whsec_${KEY.toString('base64')}`;
const NOW = Date.parse('2026-11-21T12:00:00Z');
const BODY = Buffer.from(
	'{"id":"evt_1","type":"fine_tuning.job.succeeded","data":{"id":"ftjob-1"}}',
);

function delivery(more: Partial<Parameters<typeof deliveryFault>[0]> = {}, key = KEY) {
	const timestamp = String(NOW / 1000);
	const mac = (body: Uint8Array) =>
		createHmac('sha256', key).update(`wh_1.${timestamp}.`).update(body).digest('base64');
	const body = more.body ?? BODY;
	return { id: 'wh_1', timestamp, signature: `v1,${mac(body)}`, body, ...more };
}

describe('a delivery is believed', () => {
	it('when it was signed with the key in the secret', () => {
		expect(deliveryFault(delivery(), SECRET, NOW)).toBeUndefined();
		expect(deliveryFault(delivery(), ` ${SECRET}\n`, NOW)).toBeUndefined();
	});

	it('when it was signed with a secret that is plain text', () => {
		const plain = delivery({}, Buffer.from('my own secret'));
		expect(deliveryFault(plain, 'my own secret', NOW)).toBeUndefined();
	});

	it('when one of several signatures fits, as while the secret is replaced', () => {
		const { signature } = delivery();
		const other = `v1,${Buffer.alloc(32).toString('base64')}`;
		const several = delivery({ signature: `v2,abc ${other} ${String(signature)}` });
		expect(deliveryFault(several, SECRET, NOW)).toBeUndefined();
	});

	it('up to five minutes before and after', () => {
		for (const apart of [-300_000, 300_000]) {
			expect(deliveryFault(delivery(), SECRET, NOW + apart)).toBeUndefined();
		}
		for (const apart of [-300_001, 300_001]) {
			expect(deliveryFault(delivery(), SECRET, NOW + apart)).toMatch(/five minutes/);
		}
	});
});

describe('a delivery is refused', () => {
	const { signature, timestamp } = delivery();
	it.each([
		['no headers', { id: undefined, timestamp: undefined, signature: undefined }, 'not signed'],
		['no signature', { signature: undefined }, 'not signed'],
		['an empty ID', { id: '' }, 'its ID'],
		['a list of IDs', { id: ['wh_1', 'wh_1'] }, 'its ID'],
		['a timestamp that is no number', { timestamp: '12e3' }, 'its timestamp'],
		['a timestamp with a sign', { timestamp: `-${String(timestamp)}` }, 'its timestamp'],
		[
			'a signature of another version',
			{ signature: String(signature).replace('v1', 'v2') },
			'none',
		],
		['a bare digest', { signature: String(signature).slice(3) }, 'its signature is none'],
		['a short digest', { signature: 'v1,AAAA' }, 'its signature is none'],
		['another ID', { id: 'wh_2' }, 'does not fit'],
		['another time', { timestamp: String(Number(timestamp) + 1) }, 'does not fit'],
		[
			'a body with one byte more',
			{ body: Buffer.concat([BODY, Buffer.from(' ')]), signature },
			'not fit',
		],
	])('with %s', (_what, more, reason) => {
		expect(deliveryFault({ ...delivery(), ...more }, SECRET, NOW)).toContain(reason);
	});

	it.each([[undefined], [''], ['  '], ['whsec_'], ['whsec_!'], [42], [null]])(
		'without a secret (%p), whatever it is signed with',
		(secret) => {
			const empty = delivery({}, Buffer.alloc(0));
			expect(deliveryFault(empty, secret, NOW)).toContain('no signing secret');
		},
	);

	it('with a list of signatures without end, at once', () => {
		const signatures = 'v1,'.repeat(400_000);
		withoutHanging(() => {
			expect(headerFault(delivery({ signature: signatures }), NOW)).toContain('its signature');
		});
	});
});

it('agrees with the official client on every delivery', async () => {
	const client = new OpenAI({ apiKey: 'sk-test' });
	jest.useFakeTimers({ now: NOW });
	try {
		const secrets = fc.constantFrom(
			SECRET,
			'plain secret',
			`whsec_${Buffer.from('x').toString('base64')}`,
		);
		const change = fc.constantFrom('none', 'id', 'timestamp', 'body', 'secret', 'old');
		await fc.assert(
			fc.asyncProperty(secrets, fc.string({ minLength: 1 }), change, async (secret, text, what) => {
				const key = secret.startsWith('whsec_')
					? Buffer.from(secret.slice(6), 'base64')
					: Buffer.from(secret);
				const signed = delivery({ body: Buffer.from(text) }, key);
				if (what === 'id') signed.id = 'wh_other';
				if (what === 'timestamp') signed.timestamp = String(Number(signed.timestamp) - 7);
				if (what === 'old') signed.timestamp = String(Number(signed.timestamp) - 301);
				if (what === 'body') signed.body = Buffer.from(`${text}.`);
				const used = what === 'secret' ? 'another secret' : secret;
				const headers = {
					'webhook-id': String(signed.id),
					'webhook-timestamp': String(signed.timestamp),
					'webhook-signature': String(signed.signature),
				};
				const theirs = await client.webhooks
					.verifySignature(Buffer.from(signed.body).toString(), headers, used)
					.then(
						() => true,
						() => false,
					);
				const ours = deliveryFault(signed, used, NOW) === undefined;
				expect(ours).toBe(theirs);
				expect(ours).toBe(what === 'none');
			}),
			{ numRuns: 200 },
		);
	} finally {
		jest.useRealTimers();
	}
});
