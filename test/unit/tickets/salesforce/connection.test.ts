import { ApiError } from '../../../../lib/http/errors';
import {
	apiVersionOf,
	salesforceBaseUrl,
	salesforceScrubber,
} from '../../../../lib/tickets/salesforce/connection';
import {
	salesforceErrors,
	salesforceNetworkError,
} from '../../../../lib/tickets/salesforce/errors';
import { activeRecordTypes, picklistValues } from '../../../../lib/tickets/salesforce/lists';
import { checkShare, usageOf } from '../../../../lib/tickets/salesforce/usage';

describe('salesforceBaseUrl', () => {
	it.each([
		[{ myDomainUrl: 'https://acme.my.salesforce.com/lightning' }, 'https://acme.my.salesforce.com'],
		[{ myDomainUrl: ' acme.my.salesforce.com ' }, 'https://acme.my.salesforce.com'],
		[
			{ oauthTokenData: { instance_url: 'https://eu9.salesforce.com' } },
			'https://eu9.salesforce.com',
		],
		[
			{ myDomainUrl: 'https://a.example', oauthTokenData: { instance_url: 'https://b.example' } },
			'https://a.example',
		],
	])('%j', (fields, expected) => {
		expect(salesforceBaseUrl(fields)).toBe(expected);
	});

	it.each([
		[{}, 'The credential is not connected'],
		[{ oauthTokenData: { instance_url: 5 } }, 'The credential is not connected'],
		[{ grantType: 'clientCredentials' }, "'My Domain URL' is empty"],
		[{ myDomainUrl: 'http://acme.my.salesforce.com' }, 'does not begin with https://'],
		[{ myDomainUrl: 'https://user:pass@acme.example' }, 'contains a user name or password'],
		[{ myDomainUrl: 5 as never }, "'My Domain URL' of the credential is a number, not text"],
		[{ oauthTokenData: { instance_url: 'http://evil.example' } }, 'does not begin with https://'],
	])('refuses %j', (fields, message) => {
		expect(() => salesforceBaseUrl(fields)).toThrow(message);
	});
});

describe('apiVersionOf', () => {
	it.each([
		['v66.0', 'v66.0'],
		['67', 'v67.0'],
		['V60.0', 'v60.0'],
		[undefined, 'v66.0'],
		['', 'v66.0'],
	])('%s', (value, expected) => {
		expect(apiVersionOf(value)).toBe(expected);
	});

	it.each(['latest', 'v66.0/../sobjects', '6', 'v66.5'])('refuses %s', (value) => {
		expect(() => apiVersionOf(value)).toThrow("'API Version' is not a version");
	});
});

it('takes sessions out of texts, new ones too', () => {
	const scrub = salesforceScrubber({
		clientSecret: 'my-consumer-secret',
		oauthTokenData: { access_token: '00D5e000000Demo!first.token', refresh_token: '5Aep861secret' },
	});
	expect(
		scrub(
			'my-consumer-secret 00D5e000000Demo!first.token 5Aep861secret 00D5e000000DemoAAA!AQEAQrenewed.token_1',
		),
	).toBe('*** *** *** ***');
});

describe('usage', () => {
	it.each([
		['api-usage=18/5000', { used: 18, limit: 5000 }],
		['api-usage=25/5000;per-app-api-usage=17/250(appName=sample)', { used: 25, limit: 5000 }],
		['per-app-api-usage=17/250(appName=sample); api-usage=25/5000', { used: 25, limit: 5000 }],
		['per-app-api-usage=17/250(appName=sample)', undefined],
		['api-usage=1/0', undefined],
		['', undefined],
	])('%s', (header, expected) => {
		expect(usageOf({ 'sforce-limit-info': header })).toEqual(expected);
	});

	it('stops at the share, and never at 100', () => {
		expect(() => checkShare({ used: 899, limit: 1000 }, 90)).not.toThrow();
		expect(() => checkShare({ used: 900, limit: 1000 }, 90)).toThrow('900 of 1000 API requests');
		expect(() => checkShare({ used: 2000, limit: 1000 }, 100)).not.toThrow();
		expect(() => checkShare(undefined, 1)).not.toThrow();
	});
});

describe('errors', () => {
	const target = { method: 'GET' as const, path: '/services/data', baseUrl: 'https://a.example' };
	const answer = (status: number, body: unknown, headers = {}) =>
		salesforceErrors(() => ({ used: 7, limit: 9 }))(
			target,
			{ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) },
			0,
		);

	it.each<[unknown]>([[[]], [[null]], [null], ['x'], [[{ errorCode: 5, message: {} }]], [{}]])(
		'survive any body: %j',
		(body) => {
			expect(answer(400, body)).toBeInstanceOf(ApiError);
		},
	);

	it('tell two kinds of limits apart', () => {
		const daily = answer(403, [
			{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' },
		]);
		expect(daily.details.explanation?.message).toContain('(7 of 9)');
		const slow = answer(403, [
			{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'ConcurrentPerOrgLongTxn Limit exceeded.' },
		]);
		expect(slow.details.explanation?.message).toContain('Too many slow requests');
		expect(slow.details.explanation?.cause).toBe('rate-limited');
	});

	it.each([
		[undefined, 'The credential "x" needs to be reconnected.', 'oauth_refused', false],
		['EAUTH', 'expired access/refresh token', 'oauth_refused', false],
		['ESTATUS', 'HTTP status 400', 'oauth_refused', false],
		['ECONNRESET', 'read ECONNRESET', undefined, undefined],
		[
			undefined,
			'Failed to acquire OAuth2 access token: connect ECONNREFUSED 1.2.3.4:443',
			undefined,
			undefined,
		],
	])('without an answer: %s %s', (networkCode, message, code, shouldRetry) => {
		const error = salesforceNetworkError(target, networkCode, message);
		expect([error.details.code, error.details.shouldRetry]).toEqual([code, shouldRetry]);
		expect(error.details.explanation).toEqual(expect.any(Object));
	});

	it('name My Domain when a host does not resolve', () => {
		const { explanation } = salesforceNetworkError(target, 'ENOTFOUND', 'getaddrinfo').details;
		expect(explanation?.message).toBe('The host name of https://a.example could not be resolved');
		expect(explanation?.description).toContain("'My Domain URL'");
	});
});

it('lists what is in use', () => {
	const fields = [
		{
			name: 'Status',
			picklistValues: [
				{ value: 'New', label: 'Neu', active: true },
				{ value: 'Old', label: 'Alt', active: false },
				{ value: 'Bare' },
				{},
			],
		},
	];
	expect(picklistValues({ fields }, 'Status')).toEqual([
		{ name: 'Neu', value: 'New' },
		{ name: 'Bare', value: 'Bare' },
	]);
	expect(picklistValues({}, 'Status')).toEqual([]);
	expect(activeRecordTypes({})).toEqual([]);
});
