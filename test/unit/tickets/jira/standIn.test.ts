/** What the stand-in makes of the samples, and how it reads JQL. */
import { jiraText } from '../../../../lib/tickets/jira/text';
import { adfOf } from '../../../../sandbox/tickets/jira/adf';
import { parseJql } from '../../../../sandbox/tickets/jira/jql';
import { rowOf } from '../../../../sandbox/tickets/jira/native';
import { wikiOf } from '../../../../sandbox/tickets/jira/wiki';
import { TICKETS } from '../../../../sandbox/tickets/samples';

const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

it.each(TICKETS.map((ticket) => [ticket.number, ticket] as const))(
	'ticket %i reads the same from ADF and from wiki markup',
	(_number, { messages }) => {
		for (const { body } of messages) {
			const fromAdf = jiraText(adfOf(body), false).text;
			expect(fromAdf).toBe(jiraText(wikiOf(body), false).text);
			// The language of a code block is no word of the text.
			expect(words(fromAdf)).toEqual(words(body));
		}
	},
);

it('writes lists, links, mentions and files', () => {
	const text = '1. one\n   - deep\n2. two\n\nAsk @Hana Sato: [the page](https://a.example/x)';
	const adf = adfOf(text, ['shot.png'], new Map([['Hana Sato', 'id-1']]));
	expect(jiraText(adf, false)).toEqual({
		text: expect.stringMatching(/^1\. one\n {3}- deep\n2\. two\n\nAsk @Hana Sato: \[the page\]/),
		mentions: ['Hana Sato'],
		attachments: ['shot.png'],
	});
	expect(wikiOf(text, ['shot.png', 'log.txt'])).toBe(
		'# one\n#* deep\n# two\n\nAsk @Hana Sato: [the page|https://a.example/x]\n\n!shot.png|thumbnail!\n\n[^log.txt]',
	);
});

describe('JQL', () => {
	const rows = TICKETS.map(rowOf);
	const find = (jql: string) => {
		const query = parseJql(jql, Date.UTC(2026, 6, 1), new Set(['it', 'web']));
		return rows
			.filter(query.matches)
			.sort(query.compare)
			.map(({ number }) => number);
	};
	const numbers = (fits: (ticket: (typeof TICKETS)[number]) => boolean) =>
		TICKETS.filter(fits).map(({ number }) => number);

	it.each([
		['project = IT ORDER BY key', () => true],
		['project = "WEB" ORDER BY key', () => false],
		[
			'statusCategory = Done AND resolution IS NOT EMPTY ORDER BY key',
			({ status }) => status === 'solved' || status === 'closed',
		],
		['resolution is empty ORDER BY key', ({ resolution }) => !resolution],
		["resolution in (Duplicate, 'Won\\'t Do') order by key", isUnhelpful],
		['NOT resolution in (Duplicate, "Won\'t Do") ORDER BY key', (t) => !isUnhelpful(t)],
		[
			`created >= ${Date.UTC(2026, 0, 1)} AND created < "2026-02-01" ORDER BY key`,
			({ createdAt }) => createdAt.startsWith('2026-01'),
		],
		[
			'(key = IT-3 OR id = 10005) AND project != WEB ORDER BY key',
			({ number }) => number === 3 || number === 5,
		],
		[
			'labels = vpn OR labels IN ("printer") ORDER BY key',
			({ tags }) => tags.includes('vpn') || tags.includes('printer'),
		],
		['key > IT-60 ORDER BY key', ({ number }) => number > 60],
	] as Array<[string, (ticket: (typeof TICKETS)[number]) => boolean]>)('%s', (jql, fits) => {
		expect(find(jql)).toEqual(numbers(fits));
	});

	it('orders by several fields', () => {
		const ordered = find('project = IT ORDER BY status DESC, created ASC').map((n) => rows[n - 1]);
		const expected = [...rows].sort(
			(a, b) => b.status.localeCompare(a.status) || a.created - b.created,
		);
		expect(ordered.map(({ key }) => key)).toEqual(expected.map(({ key }) => key));
		expect(new Set(ordered.map(({ status }) => status)).size).toBeGreaterThan(2);
	});

	it.each([
		['colour = red', "Field 'colour' does not exist"],
		['project = NOPE', "The value 'NOPE' does not exist for the field 'project'"],
		['status >', 'Error in the JQL Query'],
		['status = Done Done', 'Error in the JQL Query'],
		['(status = Done', 'Error in the JQL Query'],
		['created > yesterday', "Date value 'yesterday'"],
		['status > Done', "operator '>' is not supported"],
	])('refuses %s', (jql, message) => {
		expect(() => find(jql)).toThrow(message);
	});
});

function isUnhelpful({ resolution }: (typeof TICKETS)[number]): boolean {
	return resolution === 'duplicate' || resolution === 'wontFix';
}
