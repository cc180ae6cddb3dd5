import { assertTexts } from '../../../lib/openai/credentialTexts';
import { SettingError } from '../../../lib/openai/settingError';

const LABELS = { word: 'Word', other: 'Other' };

it.each([{}, { word: '' }, { word: 'a', other: undefined }, { other: null }, { unlisted: 1 }])(
	'takes %j',
	(fields) => {
		expect(() => assertTexts(fields, LABELS)).not.toThrow();
	},
);

it.each([
	[1234, 'a number'],
	[10n, 'a number'],
	[Number.NaN, 'a number'],
	[false, 'true or false'],
	[['1234'], 'a list'],
	[{ value: '1234' }, 'an object'],
])('refuses %p', (value, kind) => {
	const refused = () => assertTexts({ word: 'a', other: value }, LABELS);
	expect(refused).toThrow(SettingError);
	expect(refused).toThrow(`'Other' of the credential is ${kind}, not text`);
});

it('does not take what is inherited for a field', () => {
	expect(() => assertTexts({}, { constructor: 'Constructor' })).not.toThrow();
});
