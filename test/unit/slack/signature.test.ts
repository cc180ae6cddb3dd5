import { createHmac } from 'node:crypto';
import fc from 'fast-check';

import { signatureFault } from '../../../lib/slack/signature';

/** https://docs.slack.dev/authentication/verifying-requests-from-slack: the example of that page */
const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const TIMESTAMP = '1531420618';
const BODY =
	'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
const SIGNATURE = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503';
const NOW = Number(TIMESTAMP) * 1_000;

const check = (more: object = {}, secret: unknown = SECRET, now = NOW) =>
	signatureFault(
		{ timestamp: TIMESTAMP, signature: SIGNATURE, body: Buffer.from(BODY), ...more },
		secret,
		now,
	);

test("the example of Slack's page is believed, also with white space around the secret", () => {
	expect(check()).toBeUndefined();
	expect(check({}, ` ${SECRET}\n`)).toBeUndefined();
});

test('five minutes either way, and not a second more', () => {
	for (const seconds of [-300, 300])
		expect(check({}, SECRET, NOW + seconds * 1_000)).toBeUndefined();
	for (const seconds of [-301, 301])
		expect(check({}, SECRET, NOW + seconds * 1_000)).toContain('five minutes');
});

test.each([null, '', ' ', 5, {}])('nothing is believed with the secret %j', (secret) => {
	const key = typeof secret === 'string' ? secret : '';
	const mac = createHmac('sha256', key).update(`v0:${TIMESTAMP}:${BODY}`).digest('hex');
	expect(check({ signature: `v0=${mac}` }, secret)).toContain("no 'Signing Secret'");
});

test('one changed byte is found, wherever it is', () => {
	fc.assert(
		fc.property(fc.nat(BODY.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
			const body = Buffer.from(BODY);
			body[at] ^= change;
			expect(check({ body })).toContain('does not fit');
		}),
	);
});

test('headers of any kind are no reason to fail, nor to believe', () => {
	const header = fc.oneof(fc.string({ unit: 'binary' }), fc.anything(), fc.constant(SIGNATURE));
	fc.assert(
		fc.property(header, header, (timestamp, signature) => {
			expect(check({ timestamp, signature })).toEqual(expect.any(String));
		}),
	);
});

test('bodies of any bytes are signed as they are', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 500 }), (body) => {
			const mac = createHmac('sha256', SECRET).update(`v0:${TIMESTAMP}:`).update(body);
			expect(check({ body, signature: `v0=${mac.digest('hex')}` })).toBeUndefined();
		}),
	);
});
