import fc from 'fast-check';

import { scrubber } from '../../../lib/http/scrub';

it('hides each secret in plain, JSON, URL and base64 form', () => {
	const secret = 'my "secret"/+value';
	const scrub = scrubber([secret]);
	for (const form of [
		secret,
		encodeURIComponent(secret),
		JSON.stringify(secret),
		Buffer.from(secret).toString('base64'),
	]) {
		expect(scrub(`before ${form} after`)).toBe(
			form.startsWith('"') ? 'before "***" after' : 'before *** after',
		);
	}
});

it('hides keys that are not its own', () => {
	const scrub = scrubber([]);
	expect(scrub('Incorrect API key provided: sk-ab***************xyz9. You can')).toBe(
		'Incorrect API key provided: sk-***. You can',
	);
	expect(scrub('sk-proj-Abc_123-xyz and whsec_abcdefgh')).toBe('sk-*** and whsec-***');
	expect(scrub('Authorization: Bearer abcdef.ghi')).toBe('Authorization: Bearer ***');
});

it('leaves ordinary text alone', () => {
	const scrub = scrubber(['none', '', undefined, 'x']);
	const text = 'none of the risk-adjusted task-forces, file-abc123, ft:gpt-4.1:org::abc, x';
	expect(scrub(text)).toBe(text);
});

it('leaves no rest of a secret that contains another', () => {
	expect(scrubber(['abcdef', 'abcdef-longer'])('abcdef-longer')).toBe('***');
});

it('never lets a secret through', () => {
	fc.assert(
		fc.property(
			fc.string({ minLength: 6 }).filter((secret) => secret.trim().length >= 6),
			fc.string(),
			fc.string(),
			(secret, before, after) => {
				const clean = scrubber([secret])(`${before}${secret}${after}`);
				expect(clean.includes(secret.trim()) && !'***'.includes(secret.trim())).toBe(
					`${before}***${after}`.includes(secret.trim()),
				);
			},
		),
	);
});

it('is quick on long hostile text', () => {
	const scrub = scrubber(['abcdefgh']);
	expect(scrub('sk-'.repeat(100_000)).length).toBeLessThan(400_000);
	expect(scrub('-'.repeat(1_000_000))).toHaveLength(1_000_000);
});

it('leaves the words "Basic Authentication" as they are', () => {
	const scrub = scrubber([]);
	const words = 'Basic Authentication Failure - Reason : AUTHENTICATED_FAILED';
	expect(scrub(words)).toBe(words);
	expect(scrub('Basic dXNlcjpwYXNzd29yZA==')).toBe('Basic ***');
});
