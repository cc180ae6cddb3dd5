import fc from 'fast-check';

import { relativeTo, siteUrlOf } from '../../../lib/tickets/siteUrl';

const RULES = { field: 'Site', example: 'https://acme.zendesk.com', suffix: '.zendesk.com' };

describe('siteUrlOf', () => {
	test.each([
		['acme', 'https://acme.zendesk.com'],
		[' ACME ', 'https://acme.zendesk.com'],
		['acme.zendesk.com', 'https://acme.zendesk.com'],
		['acme/', 'https://acme.zendesk.com'],
		['https://acme', 'https://acme.zendesk.com'],
		['https://help.acme.com/', 'https://help.acme.com'],
		['https://host.example/jira/', 'https://host.example/jira'],
		['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
		['http://localhost:8080/jira', 'http://localhost:8080/jira'],
	])('%s is %s', (typed, url) => expect(siteUrlOf(typed, RULES)).toBe(url));

	test.each([
		['', 'empty'],
		[undefined, 'empty'],
		['http://acme.zendesk.com', 'https://'],
		['https://user:pw@acme.zendesk.com', 'user name'],
		['ftp://acme.zendesk.com', 'not a web address'],
		['a b', 'not a web address'],
	])('%p is refused: %s', (typed, words) => expect(() => siteUrlOf(typed, RULES)).toThrow(words));

	test('a name with a slash or a dot in it never ends up before the suffix', () => {
		for (const typed of ['evil.example/x', 'evil.example#', 'evil.example?', 'evil.example\\']) {
			expect(new URL(siteUrlOf(typed, RULES)).hostname).toBe('evil.example');
		}
	});
});

describe('relativeTo', () => {
	test.each([
		['https://a.example', 'https://a.example/api?page=2', '/api?page=2'],
		['https://a.example', '/api?page=2', '/api?page=2'],
		['https://a.example/jira', 'https://a.example/jira/rest', '/rest'],
		['https://a.example', '?page=2', '/?page=2'],
	])('%s, %s: %s', (base, link, path) => expect(relativeTo(base, link)).toBe(path));

	test.each([
		['https://a.example', 'https://b.example/api'],
		['https://a.example', '//b.example/api'],
		['https://a.example', 'http://a.example/api'],
		['https://a.example', 'https://a.example:8443/api'],
		['https://a.example', 'https://a.example@b.example/api'],
		['https://a.example/jira', 'https://a.example/other'],
		['https://a.example/jira', 'https://a.example/jira/../other'],
		['https://a.example', 'javascript:alert(1)'],
	])('from %s, %s is foreign', (base, link) =>
		expect(() => relativeTo(base, link)).toThrow(
			expect.objectContaining({ details: expect.objectContaining({ code: 'foreign_link' }) }),
		),
	);

	test('whatever the link, the credential stays with its origin', () => {
		const base = 'https://a.example/jira';
		fc.assert(
			fc.property(fc.oneof(fc.webUrl(), fc.string()), (link) => {
				let path: string;
				try {
					path = relativeTo(base, link);
				} catch {
					return;
				}
				expect(new URL(`${base}${path}`).origin).toBe('https://a.example');
			}),
		);
	});
});
