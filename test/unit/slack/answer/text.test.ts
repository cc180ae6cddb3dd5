import fc from 'fast-check';

import { readChannel, readResponseUrl } from '../../../../lib/slack/answer/destination';
import { closedFence } from '../../../../lib/slack/answer/fences';
import { escapeMarkup, withMentions, withoutMentions } from '../../../../lib/slack/answer/guard';
import { plainMarkup } from '../../../../lib/slack/answer/markup';
import { answerMetadata, contentOf, footerBlocks } from '../../../../lib/slack/answer/message';
import { isBefore, readTimestamp } from '../../../../lib/slack/answer/timestamp';
import { wordBorder } from '../../../../lib/slack/answer/wordBorder';
import { withoutHanging } from '../../../support/withoutHanging';

const thrown = (work: () => unknown): { message: string; description?: string } => {
	try {
		work();
	} catch (error) {
		return error as { message: string; description?: string };
	}
	throw new Error('nothing was thrown');
};

describe('mentions in what a model has written', () => {
	it.each([
		'<!channel>',
		'<!here>',
		'<!everyone>',
		'<!here|here>',
		'<!CHANNEL>',
		'<!subteam^S0123|@support>',
		'<@U0123456789>',
		'<@W0123456789|ann>',
		'`<!channel>`',
		'```\n<!here>\n```',
	])('%s rings for nobody and reads the same', (text) => {
		const safe = withoutMentions(`a ${text} b`);
		expect(safe).not.toMatch(/<(!|@)/);
		expect(safe.replace(/\u200B/g, '')).toBe(`a ${text} b`);
		expect(withMentions(safe)).toBe(`a ${text} b`);
	});

	it.each([
		'a < b',
		'<!-- note -->',
		'<!DOCTYPE html>',
		'x<y',
		'ann@acme.com',
		'@channel',
		'<a href="#">',
	])('%s is left alone', (text) => expect(withoutMentions(text)).toBe(text));

	it('gives the beginning of the safe text for a beginning at a word border', () => {
		fc.assert(
			fc.property(fc.lorem({ maxCount: 20 }), fc.nat(), (words, at) => {
				const text = words.split(' ').join(' <!here> ');
				const border = wordBorder(text.slice(0, at % (text.length + 1)));
				expect(withoutMentions(text).startsWith(withoutMentions(text.slice(0, border)))).toBe(true);
			}),
		);
	});

	it('escapes Slack markup for notifications', () => {
		expect(escapeMarkup('<!here> & "b"')).toBe('&lt;!here&gt; &amp; "b"');
	});
});

describe('wordBorder', () => {
	it.each([
		['', 0],
		['One', 0],
		['One ', 0],
		['One t', 4],
		['a\n    b', 6],
		['a b  ', 2],
	])('shows of %j the first %i', (text, border) => expect(wordBorder(text)).toBe(border));

	it('shows texts without spaces too, in whole characters', () => {
		const text = `${'これは長い文章です'.repeat(40)}😀`;
		const border = wordBorder(text);
		expect(border).toBeGreaterThan(300);
		expect(wordBorder('😀'.repeat(300)) % 2).toBe(0);
	});

	it('cuts no mention', () => {
		const text = `${'x'.repeat(300)}<!chan`;
		expect(wordBorder(text)).toBeLessThanOrEqual(300);
	});
});

describe('readTimestamp', () => {
	it('takes text as Slack sent it, and nothing', () => {
		expect(readTimestamp(' 1724405603.290990 ', 'Thread')).toBe('1724405603.290990');
		for (const none of [undefined, null, '', ' ']) expect(readTimestamp(none, 'T')).toBeUndefined();
	});

	it.each([1724405603.29099, '1724405603.29099', '1724405603'])(
		'says that %p is a number',
		(value) => {
			const { message, description } = thrown(() => readTimestamp(value, 'Thread'));
			expect(message).toContain("'Thread' is a number");
			expect(description).toContain('{{ $json.replyThreadTs }}');
		},
	);

	it.each(['general', 'p1724405603290990', {}, '1724405603.2909901'])('refuses %p', (value) => {
		expect(thrown(() => readTimestamp(value, 'Thread')).message).toContain('is not the timestamp');
	});

	it('knows what came before', () => {
		expect(isBefore('999999999.999999', '1000000000.000000')).toBe(true);
		expect(isBefore('1724405603.290990', '1724405603.290990')).toBe(false);
		expect(isBefore('1724405603.290991', '1724405603.290990')).toBe(false);
	});
});

describe('where an answer may go', () => {
	it.each(['https://hooks.slack.com/commands/T1/2/x', 'https://hooks.slack-gov.com/app/T1/2/x'])(
		'%s',
		(url) => expect(readResponseUrl(url)).toBe(url),
	);

	it.each([
		'http://hooks.slack.com/commands/1',
		'https://hooks.slack.com.evil.com/1',
		'https://hooks.slack.com@evil.com/1',
		'https://user:pass@hooks.slack.com/1',
		'https://hooks.slack.com:8443/1',
		'https://evil.com/hooks.slack.com',
		'https://169.254.169.254/latest',
		'file:///etc/passwd',
		'not an address',
		42,
	])('not to %p', (url) => {
		expect(thrown(() => readResponseUrl(url)).message).toContain('not an address of Slack');
	});

	it('takes channels by ID only', () => {
		for (const id of ['C0123456789', 'D024BE91L', 'G0123456789']) expect(readChannel(id)).toBe(id);
		for (const name of ['#general', 'general', 'https://acme.slack.com', 'c0123', '../x']) {
			expect(thrown(() => readChannel(name)).message).toContain(`not the ID of a channel: ${name}`);
		}
		expect(thrown(() => readChannel('')).message).toBe("'Channel' is empty");
	});
});

describe('an answer as a message', () => {
	it('is Markdown alone without a footer, and a block with one', () => {
		expect(contentOf('**x**')).toEqual({ markdown_text: '**x**' });
		const blocks = footerBlocks({ disclosure: 'By <https://a.b|a model>', feedbackButtons: true });
		expect(contentOf('**x** <y>', blocks)).toEqual({
			text: '**x** &lt;y&gt;',
			blocks: [{ type: 'markdown', text: '**x** <y>' }, ...blocks],
		});
		expect(blocks.map(({ type }) => type)).toEqual(['context', 'context_actions']);
		expect(footerBlocks({ disclosure: ' ', feedbackButtons: false })).toEqual([]);
	});

	it('keeps as much of the question as Slack takes', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 5_000 }), (question) => {
				const facts = { answerId: 'a', part: 1, question, model: 'm' };
				const kept = answerMetadata(facts).event_payload.question as string;
				expect(question.startsWith(kept)).toBe(true);
				expect(kept.length).toBeLessThanOrEqual(3_000);
			}),
		);
		const facts = { answerId: 'a', part: 1, question: '問'.repeat(5_000), model: 'm' };
		expect((answerMetadata(facts).event_payload.question as string).length).toBe(1_000);
	});

	it('closes a code block that is open', () => {
		expect(closedFence('a\n```js\nb')).toBe('a\n```js\nb\n```');
		expect(closedFence('a\n```js\nb\n```')).toBe('a\n```js\nb\n```');
	});
});

describe('what people have written', () => {
	it.each([
		['<@UBOT> why?', 'why?'],
		['ask <@U2|ann> &amp; <#C1|general>', 'ask @ann & #general'],
		['see <https://a.b/c|the guide>', 'see the guide (https://a.b/c)'],
		['see <https://a.b/c>', 'see https://a.b/c'],
		['mail <mailto:a@b.c|a@b.c>', 'mail a@b.c'],
		['<!here> &lt;b&gt;', '@here <b>'],
		['<!date^1^{date}|today>', 'today'],
		['&amp;lt;', '&lt;'],
		['1 < 2 > 0', '1 < 2 > 0'],
	])('%s reads %s', (text, plain) => expect(plainMarkup(text, 'UBOT')).toBe(plain));

	it.each([
		'<'.repeat(1_000_000),
		`<${'a'.repeat(1_000_000)}`,
		'<a'.repeat(500_000),
		'&lt;'.repeat(250_000),
	])('goes through a megabyte of %.8s', (text) =>
		withoutHanging(() => expect(plainMarkup(text, 'U').length).toBeGreaterThan(0)),
	);
});
