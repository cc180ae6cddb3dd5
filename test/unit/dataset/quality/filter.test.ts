import {
	ANSWER_CHECKS,
	answerFault,
	type AnswerCheck,
} from '../../../../lib/dataset/quality/answerQuality';
import { Filter, type FilterOptions, languageCode } from '../../../../lib/dataset/quality/filter';
import { siftItems } from '../../../../lib/dataset/quality/sift';
import { chat, jsonl, NASTY_LINES, siftText } from './support';
import { withoutHanging } from '../../../support/withoutHanging';

const ALL = new Set(ANSWER_CHECKS);
const GOOD_ANSWER =
	'Open Settings, choose Security and press Reset password. You get a mail with a link that is good for an hour.';

async function verdicts(records: object[], options: FilterOptions) {
	const judge = new Filter(options);
	const { leftOut } = await siftItems(records, judge);
	const codes = records.map(() => '');
	for (const { place, why } of leftOut) codes[place] = why.code;
	return { codes, report: judge.report() };
}

const answers = (...texts: string[]) => texts.map((answer) => ({ question: 'How?', answer }));

describe('answerFault', () => {
	const USELESS: Array<[check: AnswerCheck, answer: string]> = [
		['empty', ''],
		['empty', ' … !\n'],
		['onlyLink', 'https://example.com/kb/123'],
		['onlyLink', 'Hi,\nplease see https://example.com/kb/123?x=1\n\nBest regards'],
		['onlyLink', 'siehe www.example.com/hilfe'],
		['ticketReference', 'See INC0010023'],
		['ticketReference', 'Please refer to ticket #48213.'],
		['ticketReference', 'siehe Ticket HELP-1234'],
		['closedAsDuplicate', 'Closed as duplicate.'],
		['closedAsDuplicate', 'Closing this as a duplicate of HELP-12, thanks.'],
		['closedAsDuplicate', 'This request has been merged into #3312.'],
		['closedAsDuplicate', 'Duplikat von INC0010023'],
		['seeAttachment', 'Please see attached.'],
		['seeAttachment', 'Hello Anna,\nplease find attached the file.\nKind regards\nTom'],
		['seeAttachment', 'Siehe Anhang, vielen Dank!'],
		['seeAttachment', 'Veuillez trouver ci-joint le document. Cordialement'],
		['seeAttachment', '请查看附件'],
		['callUs', 'Please call us.'],
		['callUs', 'Guten Tag, bitte rufen Sie uns an. Mit freundlichen Grüßen'],
		['callUs', 'Resolved by phone'],
		['callUs', 'Por favor llámenos'],
		['thanks', 'Thank you!'],
		['thanks', "You're welcome, have a nice day"],
		['thanks', 'Vielen Dank für Ihre Nachricht.'],
		['thanks', 'Merci beaucoup, bonne journée'],
		['thanks', 'Спасибо!'],
		['thanks', '谢谢您'],
		['thanks', 'ありがとうございました。'],
		['thanks', 'Done.'],
	];
	test.each(USELESS)('%s: %p', (check, answer) => {
		expect(answerFault('My printer does not print, what now?', answer, ALL)).toBe(check);
		expect(answerFault('My printer does not print, what now?', answer, new Set())).toBeUndefined();
	});

	test.each([
		GOOD_ANSWER,
		`Thank you for your message. ${GOOD_ANSWER} Kind regards`,
		'Please call us if this happens again. Until then hold the power button for ten seconds to reset the dock.',
		'See attached for the form; fill in sections 2 and 4, sign it and send it to payroll before Friday.',
		'The fix is described at https://example.com/kb/12: delete the folder Cache and start Outlook again.',
		'Ticket 4711 had the same cause: the certificate of the proxy had expired, so renew it in the console.',
		'Press Ctrl+Shift+Del.',
		'Yes, up to 25 MB.',
		'42',
		'Bitte leeren Sie den Cache und melden Sie sich neu an.',
		'清除缓存后重新登录即可解决问题，谢谢',
	])('leaves %p alone', (answer) =>
		expect(answerFault('My printer does not print, what now?', answer, ALL)).toBeUndefined(),
	);

	test('a question given back as the answer', () => {
		const question = 'My printer in room 12 does not print since yesterday, what should I do now?';
		expect(answerFault(question, `> ${question.toUpperCase()}`, ALL)).toBe('repeatsQuestion');
		expect(answerFault(question, `${question} ${GOOD_ANSWER}`, ALL)).toBeUndefined();
	});

	test.each(ANSWER_CHECKS)('%s is fast on 1 MB of anything', (check) => {
		const texts = ['a', ' ', 'a.', 'thank you ', 'http://', 'HELP-1 ', '汉', "'", '\u0301', '谢谢'];
		withoutHanging(() => {
			for (const text of texts) {
				const long = text.repeat(1_000_000 / text.length);
				answerFault(long, long, new Set([check]));
				answerFault('q', long.slice(0, 400), new Set([check]));
				answerFault('q', long.slice(0, 4000), new Set([check]));
			}
		});
	});
});

describe('Filter', () => {
	test('leaves out by length of question and answer, in characters or tokens', async () => {
		const records = [
			{ question: 'ab', answer: 'long enough' },
			{ question: 'x'.repeat(50), answer: 'long enough' },
			{ question: 'abcde', answer: 'no' },
			{ question: 'abcde', answer: 'y'.repeat(50) },
			{ question: 'abcde', answer: 'long enough' },
		];
		const range = { min: 3, max: 40 };
		const { codes, report } = await verdicts(records, { question: range, answer: range });
		expect(codes).toEqual([
			'question_too_short',
			'question_too_long',
			'answer_too_short',
			'answer_too_long',
			'',
		]);
		expect(report).toEqual({
			reasons: {
				question_too_short: 1,
				question_too_long: 1,
				answer_too_short: 1,
				answer_too_long: 1,
			},
		});
		const countTokens = (text: string) => text.split(' ').length;
		const byTokens = await verdicts(records, {
			lengthUnit: 'tokens',
			countTokens,
			answer: { min: 2 },
		});
		expect(byTokens.codes).toEqual(['', '', 'answer_too_short', 'answer_too_short', '']);
	});

	test('keeps languages, from the text or from a field', async () => {
		const german = 'Bitte starten Sie den Rechner neu und melden Sie sich dann mit Ihrem Konto an.';
		const records = [
			...answers(GOOD_ANSWER, german, 'OK'),
			{ question: 'x', answer: german, language: 'EN-us' },
			{ question: 'x', answer: GOOD_ANSWER, language: 'German' },
		];
		const told = await verdicts(records.slice(0, 3), { languages: ['en'] });
		expect(told.codes).toEqual(['', 'other_language', '']);
		expect(told.report.languages).toEqual({ en: 1, de: 1, und: 1 });
		const strict = await verdicts(records.slice(0, 3), {
			languages: ['en'],
			undetermined: 'leaveOut',
		});
		expect(strict.codes).toEqual(['', 'other_language', 'undetermined_language']);
		const given = await verdicts(records, { languages: ['de'], languageField: 'language' });
		expect(given.codes).toEqual(['other_language', '', '', 'other_language', '']);
	});

	test('leaves out by confidence', async () => {
		const records = [0.9, 0.5, '0.8', undefined, 'high'].map((confidence) => ({
			question: 'q',
			answer: GOOD_ANSWER,
			confidence,
		}));
		const kept = await verdicts(records, { minConfidence: 0.7 });
		expect(kept.codes).toEqual(['', 'low_confidence', '', '', '']);
		const strict = await verdicts(records, { minConfidence: 0.7, withoutConfidence: 'leaveOut' });
		expect(strict.codes).toEqual(['', 'low_confidence', '', 'no_confidence', 'no_confidence']);
	});

	test('own phrases count wherever they stand, as whole words', async () => {
		const records = answers(
			`${GOOD_ANSWER} Escalated to: Level-2!`,
			'deescalated to level 2 and level 20',
			'我们已升级到二线支持',
		);
		const { codes } = await verdicts(records, {
			phrases: ['escalated to level 2', '', '升级到二线'],
		});
		expect(codes).toEqual(['own_phrase', '', 'own_phrase']);
	});

	test('in a file: kept lines as they are, left-out ones with the reason', async () => {
		const records = [chat('q', GOOD_ANSWER), chat('q', 'Thanks!'), chat('q', '')];
		const { kept, leftOut } = await siftText(
			jsonl(records),
			new Filter({ answerChecks: ANSWER_CHECKS }),
		);
		expect(kept).toEqual([JSON.stringify(records[0])]);
		expect(leftOut).toEqual([
			{ line: 2, code: 'thanks', reason: expect.any(String), example: records[1] },
			{ line: 3, code: 'empty', reason: expect.any(String), example: records[2] },
		]);
	});

	test('without a setting nothing is left out', async () => {
		expect((await verdicts(answers('', 'Thanks!'), {})).codes).toEqual(['', '']);
	});

	test.each(NASTY_LINES)('survives %s', async (_, line) => {
		const judge = new Filter({
			answerChecks: ANSWER_CHECKS,
			languages: ['en'],
			minConfidence: 0.5,
			phrases: ['x y'],
		});
		const { sifted } = await siftText(`${line}\n${line}\n`, judge);
		expect(sifted.counts.read).toBe(2);
	});
});

test.each([
	['de', 'de'],
	['de-AT', 'de'],
	['pt_BR', 'pt'],
	['German', 'de'],
	[' EN ', 'en'],
	['nb-NO', 'no'],
])('languageCode of %p is %p', (name, code) => expect(languageCode(name)).toBe(code));
