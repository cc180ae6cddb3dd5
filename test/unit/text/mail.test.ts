import fc from 'fast-check';
import { stripReply } from '../../../lib/text/mail';
import { withoutHanging } from '../../support/withoutHanging';

const lines = (...all: string[]) => all.join('\n');

describe('quoted mails', () => {
	test.each<[string, string]>([
		['English', 'On Mon, 22 Sep 2025 at 13:05, Jane Doe <jane@x.example> wrote:'],
		['English of Apple', 'On 22 Sep 2025, at 13:05, Jane Doe <jane@x.example> wrote:'],
		['English over two lines', 'On Mon, 22 Sep 2025 at 13:05, Jane Doe\n<jane@x.example> wrote:'],
		[
			'English over three lines',
			'On Mon, 22 Sep 2025 at 13:05,\nJane Doe <jane@x.example>\nwrote:',
		],
		['German', 'Am Mo., 19. Jan. 2026 um 08:20 Uhr schrieb Jane Doe <jane@x.example>:'],
		['German of Thunderbird', 'Am 19.01.26 um 08:20 schrieb Jane Doe:'],
		['German over two lines', 'Am 19.01.26 um 08:20 schrieb\nJane Doe <jane@x.example>:'],
		['French', 'Le lun. 19 janv. 2026 à 08:20, Jane Doe <jane@x.example> a écrit :'],
		['Spanish', 'El lun, 19 ene 2026 a las 8:20, Jane Doe (<jane@x.example>) escribió:'],
		['Italian', 'Il giorno lun 19 gen 2026 alle ore 08:20 Jane Doe <jane@x.example> ha scritto:'],
		['Portuguese', 'Em seg., 19 de jan. de 2026 às 08:20, Jane Doe <jane@x.example> escreveu:'],
		['Dutch', 'Op ma 19 jan 2026 om 08:20 schreef Jane Doe <jane@x.example>:'],
		['Swedish', 'Den mån 19 jan. 2026 kl 08:20 skrev Jane Doe <jane@x.example>:'],
		['Polish', 'pon., 19 sty 2026 o 08:20 Jane Doe <jane@x.example> napisał(a):'],
		['Czech', 'Dne po 19. 1. 2026 8:20 uživatel Jane Doe <jane@x.example> napsal:'],
		[
			'Finnish',
			'Jane Doe <jane@x.example> kirjoitti 19.1.2026 kello 8.20:'.replace(
				/(.*) kirjoitti (.*):/,
				'$2 $1 kirjoitti:',
			),
		],
		['Russian', 'пн, 19 янв. 2026 г. в 08:20, Jane Doe <jane@x.example> пишет:'],
		['Japanese', '2026年1月19日(月) 8:20 Jane Doe <jane@x.example>:'],
		['Chinese', 'Jane Doe <jane@x.example> 于2026年1月19日周一 08:20写道：'],
		['Hebrew', 'בתאריך יום ב׳, 19 בינו׳ 2026 ב-8:20 מאת ‪Jane Doe‬‏ <‪jane@x.example‬‏>:'],
	])('below the introduction in %s', (_, introduction) => {
		for (const quote of ['> Old.\n> \n> More.', 'Old.']) {
			const { text, strippedQuote } = stripReply(lines('Yes.', '', introduction, '', quote));
			expect({ text, strippedQuote }).toEqual({ text: 'Yes.', strippedQuote: true });
		}
	});

	test.each<[string, string]>([
		['Outlook’s line', '-----Original Message-----\nFrom: Jane\nOld.'],
		['Outlook’s line in German', '-----Ursprüngliche Nachricht-----\nVon: Jane\nOld.'],
		['Outlook’s line in French', "-----Message d'origine-----\nOld."],
		[
			'Outlook’s head',
			'From: Jane Doe <jane@x.example>\nSent: Monday, 1 June 2026 10:00\nTo: IT\nSubject: x\n\nOld.',
		],
		[
			'Outlook’s head below a line',
			'________________________________\nFrom: Jane Doe\nSent: Monday, 1 June 2026 10:00\nTo: IT\nSubject: x\n\nOld.',
		],
		[
			'Outlook’s head in bold',
			'---\n\n**From:** Jane <jane@x.example>\n**Sent:** Monday\n**To:** IT\n**Subject:** x\n\nOld.',
		],
		[
			'Outlook’s head in one line',
			'**From:** Jane <jane@x.example> **Sent:** Monday **To:** IT **Subject:** x\n\nOld.',
		],
		[
			'Outlook’s head in German',
			'Von: Jane <jane@x.example>\nGesendet: Montag\nAn: IT\nBetreff: x\n\nOld.',
		],
		[
			'Outlook’s head in Japanese',
			'差出人: Jane <jane@x.example>\n送信日時: 2026年6月1日\n宛先: IT\n件名: x\n\nOld.',
		],
		['a tail of quoted lines', '> Old.\n>\n> > Older.'],
		['Zendesk’s line', '##- Please type your reply above this line -##\nOld.'],
	])('%s', (_, quote) => {
		const { text, strippedQuote } = stripReply(lines('Yes.', '', quote));
		expect({ text, strippedQuote }).toEqual({ text: 'Yes.', strippedQuote: true });
	});

	test('answers between quoted lines stay, and so do the questions', () => {
		const mail = lines(
			'On Mon, Apr 6, 2026 at 7:20 PM E <e@x.example> wrote:',
			'> a?',
			'',
			'Yes.',
			'',
			'> b?',
			'',
			'No.',
		);
		expect(stripReply(mail).text).toBe(lines('Yes.', '', '> b?', '', 'No.'));
	});

	test('an answer below the quote stays', () => {
		const mail = lines(
			'On Mon, Apr 6, 2026 at 7:20 PM E <e@x.example> wrote:',
			'',
			'> a?',
			'> b',
			'',
			'> c',
			'',
			'Yes.',
		);
		expect(stripReply(mail)).toEqual({
			text: 'Yes.',
			strippedQuote: true,
			strippedSignature: false,
		});
	});

	test('Zendesk’s line above everything is all that goes', () => {
		expect(stripReply('##- Please type your reply above this line -##\n\nHello.').text).toBe(
			'Hello.',
		);
	});
});

describe('signatures', () => {
	test.each<[string, string]>([
		['below two hyphens', '-- \nJane Doe\nService Desk'],
		['below two hyphens without a space', '--\nJane Doe'],
		['of an iPhone', 'Sent from my iPhone'],
		['of Outlook on a phone', 'Get [Outlook for iOS](https://aka.ms/o0ukef)'],
		['of a German iPhone', 'Von meinem iPhone gesendet'],
		['of a Japanese iPhone', 'iPhoneから送信'],
		['of a phone, above a name', 'Sent from my Galaxy S24\nJane'],
	])('%s', (_, signature) => {
		expect(stripReply(lines('Yes.', '', signature))).toEqual({
			text: 'Yes.',
			strippedQuote: false,
			strippedSignature: true,
		});
	});

	test('above the quote', () => {
		const mail = lines('Yes.', '-- ', 'Jane', '', 'Am 19.01.26 um 08:20 schrieb E:', '> Old.');
		expect(stripReply(mail)).toEqual({
			text: 'Yes.',
			strippedQuote: true,
			strippedSignature: true,
		});
	});

	test('two hyphens far above the end are no signature', () => {
		const mail = lines('A', '--', ...Array.from({ length: 30 }, (_, i) => `row ${i}`));
		expect(stripReply(mail)).toEqual({
			text: mail,
			strippedQuote: false,
			strippedSignature: false,
		});
	});
});

describe('what stays', () => {
	test.each<[string, string]>([
		['a sentence that ends in wrote', 'On Monday the auditor wrote:\n\nPlease check item 4.'],
		[
			'the stations of a journey',
			'My trip:\nFrom: Berlin\nDate: 3 May 2026\nTo: Zurich\n\nSecond class.',
		],
		['a sender alone', 'Ask them.\nFrom: Jane <jane@x.example>\nSubject: x'],
		['a quote in the middle', 'You asked:\n> Which floor?\nThe third.'],
		[
			'a forwarded mail',
			'See below.\n\n---------- Forwarded message ---------\nFrom: Jane <jane@x.example>\nDate: Mon, 1 June 2026\nSubject: x\nTo: IT\n\nIt burns.\n> Does it?',
		],
		[
			'a mail forwarded by Apple Mail',
			'See below.\n\nBegin forwarded message:\n\n> From: Jane\n> It burns.',
		],
		[
			'a mail forwarded in German',
			'-------- Weitergeleitete Nachricht --------\nVon: J <j@x.example>\nDatum: 1\nBetreff: x\n\nEs brennt.',
		],
		['a table', '| a | b |\n| --- | --- |\n| c | d |'],
		['code', 'Run:\n\n```\n-- comment of SQL\n--\n> prompt\n```'],
		['quoted prompts at the end of code', '```\n> a\n> b\n```'],
		['a rule', 'a\n\n---\n\nb'],
		['only a quote', '> a\n> b'],
		['only a signature', '-- \nJane'],
		['only an older mail', 'On Mon, 22 Sep 2025 at 13:05, Jane <jane@x.example> wrote:\n> Old.'],
		['nothing', ''],
		['one emoji', '👍🏼'],
	])('%s', (_, mail) => {
		expect(stripReply(mail)).toEqual({
			text: mail,
			strippedQuote: false,
			strippedSignature: false,
		});
	});
});

describe('for any text', () => {
	const line = fc.constantFrom(
		'',
		'a',
		'> b',
		'--',
		'-- ',
		'Sent from my iPhone',
		'On 1 Jan 2026, 10:00 J wrote:',
		'On Mon,',
		'wrote:',
		'-----Original Message-----',
		'From: a@x.example',
		'Sent: 1',
		'Subject: c',
		'```',
		'____',
		'---',
	);
	const mail = fc.array(line, { maxLength: 25 }).map((all) => all.join('\n'));

	test('something is left where there was something, and only lines of it', () => {
		fc.assert(
			fc.property(mail, (text) => {
				const left = stripReply(text).text;
				if (/[a-z]/i.test(text)) expect(left).toMatch(/[a-z]/i);
				const before = text.split('\n').map((one) => one.trim());
				for (const one of left.split('\n')) expect(before).toContain(one.trim());
			}),
			{ numRuns: 2_000 },
		);
	});

	test.each([
		'On ',
		'On a 1:00\n',
		'On a 1:00\nwrote:\n',
		'x\n> a\n',
		'> a\n\n',
		'-- \n',
		'From: a\n',
		' ',
		'\n',
		'-',
		'```\n',
		'Am 1:00 schrieb schrieb :\n',
		'a:\n',
		'[',
		'Sent from my iPhone\n',
		'_',
	])('a megabyte of %j', (piece) => {
		withoutHanging(() => {
			stripReply(`Yes.\n\n${piece.repeat(1_000_000 / piece.length)}`);
		});
	});
});
