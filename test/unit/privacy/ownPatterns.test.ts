import { OwnPatterns } from '../../../lib/privacy/ownPatterns';
import { SettingError } from '../../../lib/openai/settingError';
import { withoutHanging } from '../../support/withoutHanging';

function matches(pattern: string, text: string): string[] {
	const found: string[] = [];
	new OwnPatterns([{ name: 'x', pattern }]).report(text, (start, end) => {
		found.push(text.slice(start, end));
	});
	return found;
}

test.each([
	['CUST-\\d{6}', 'a cust-123456 b CUST-1234567', ['cust-123456', 'CUST-123456']],
	['(?<!\\d)\\d{4}-[A-Z]{2}(?!\\w)', '1234-AB 12345-AB', ['1234-AB']],
	['(?:\\d{4}[ -]?){3}\\d{4}', '1234 5678 9012 3456', ['1234 5678 9012 3456']],
	['[\\w-]+\\.corp\\.example', 'on db-1.corp.example now', ['db-1.corp.example']],
	['\\p{Lu}{3}\\d+', 'ÄÖÜ12', ['ÄÖÜ12']],
])('%s', (pattern, text, expected) => {
	expect(matches(pattern, text)).toEqual(expected);
});

test.each([
	['', 'is empty'],
	['(', 'is no regular expression'],
	['a*', 'matches the empty text'],
	['(a+)+', 'repeats something'],
	['(a|a)*b', 'repeats something'],
	['(?:a?){9}b', 'repeats something'],
	['((a{1,9})b)*', 'repeats something'],
	['(a)\\1', 'back reference'],
	['(?<n>a)\\k<n>', 'back reference'],
	['a{1,5000}', 'more than 256 times'],
	['\\w*\\w*\\w*\\w*\\w*=', 'takes too long'],
	['x'.repeat(501), 'longer than 500'],
])('refuses %s', (pattern, reason) => {
	const build = () => new OwnPatterns([{ name: 'Bad', pattern }]);
	expect(build).toThrow(SettingError);
	expect(build).toThrow(reason);
});

test('finds across the borders of the windows, each match once or as part of a longer one', () => {
	for (let before = 700; before < 1100; before += 13) {
		const text = `${'.'.repeat(before)}CUST-123456${'.'.repeat(3000)}`;
		expect(new Set(matches('CUST-\\d{6}', text))).toEqual(new Set(['CUST-123456']));
	}
});

test('a pattern that is quadratic by itself stays linear on long texts', () => {
	expect(withoutHanging(() => matches('\\d+x', '1'.repeat(300_000)))).toEqual([]);
});
