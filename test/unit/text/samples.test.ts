import { htmlToMarkdown } from '../../../lib/text/html';
import { stripReply } from '../../../lib/text/mail';
import { TICKETS } from '../../../sandbox/tickets/samples';

const messages = TICKETS.flatMap((ticket) =>
	ticket.messages.map((message) => ({ ...message, number: ticket.number })),
);
const mails = messages.filter(({ html }) => html !== undefined);

test.each(mails.map((mail) => [mail.number, mail] as const))(
	'ticket %d: the HTML and the plain text of a mail come to the same words',
	(_, { body, html = '' }) => {
		const plain = stripReply(body);
		expect(plain).toMatchObject({ strippedQuote: true });
		expect(stripReply(htmlToMarkdown(html).text).text.replace(/\*/g, '')).toBe(
			plain.text.replace(/\*/g, ''),
		);
	},
);

test('of the other messages only quotes and signatures go', () => {
	const changed = messages.filter(({ body }) => stripReply(body).text !== body.trim());
	expect(changed.map(({ number }) => number)).toEqual(
		expect.arrayContaining(mails.map(({ number }) => number)),
	);
	for (const { body } of changed) expect(body).toMatch(/wrote:\n>|schrieb|From: |Sent from my/);
	expect(changed).toHaveLength(5);
});
