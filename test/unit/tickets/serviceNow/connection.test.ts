import { scrubber } from '../../../../lib/http/scrub';
import {
	instanceUrlOf,
	loginHeaders,
	secretsOf,
} from '../../../../lib/tickets/serviceNow/connection';

it.each([
	['acme', 'https://acme.service-now.com'],
	['https://acme.service-now.com/', 'https://acme.service-now.com'],
	['https://acme.service-now.com/now/nav/ui/classic/params', 'https://acme.service-now.com'],
	['https://acme.service-now.com/nav_to.do?uri=incident.do', 'https://acme.service-now.com'],
	['https://acme.servicenowservices.com', 'https://acme.servicenowservices.com'],
	['help.acme.org/itsm', 'https://help.acme.org/itsm'],
	['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
])('takes %s', (instanceUrl, expected) => {
	expect(instanceUrlOf({ instanceUrl })).toBe(expected);
});

it.each([
	['', /'Instance URL' is empty/],
	['http://acme.service-now.com', /does not begin with https/],
	['https://me:pw@acme.service-now.com', /user name or password/],
	['ftp://acme', /not a web address/],
])('refuses %j', (instanceUrl, expected) => {
	expect(() => instanceUrlOf({ instanceUrl })).toThrow(expected);
});

it('sends a password or a key, whatever characters they have', () => {
	expect(loginHeaders({ authentication: 'basicAuth', user: 'n8n', password: 'pä:ß' })).toEqual({
		Authorization: `Basic ${Buffer.from('n8n:pä:ß').toString('base64')}`,
	});
	expect(loginHeaders({ authentication: 'apiKey', apiKey: ' now_abc ' })).toEqual({
		'x-sn-apikey': 'now_abc',
	});
	expect(() => loginHeaders({ authentication: 'apiKey', apiKey: 'a\r\nb' })).toThrow(
		/cannot be sent/,
	);
	expect(() => loginHeaders({ authentication: 'apiKey' })).toThrow(/'API Key' is empty/);
	expect(() => loginHeaders({ user: 'n8n', password: '' })).toThrow(/'Password' is empty/);
	expect(() => loginHeaders({ user: ' ', password: 'x' })).toThrow(/'User' is empty/);
});

it('hides password, key and the header made of them', () => {
	const login = { user: 'n8n.reader', password: 'TopSecret01', apiKey: 'now_TopSecret02' };
	const scrub = scrubber(secretsOf(login));
	const basic = Buffer.from('n8n.reader:TopSecret01').toString('base64');
	expect(scrub(`${basic} TopSecret01 now_TopSecret02`)).toBe('*** *** ***');
});
