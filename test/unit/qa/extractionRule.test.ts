/** The sandbox's rule for tickets, with the requests that our own code makes. */
import fc from 'fast-check';

import { dialogueOf } from '../../../lib/qa/dialogue';
import { pairsSchema, readPairs } from '../../../lib/qa/schema';
import { transcriptOf } from '../../../lib/qa/transcript';
import { extractPairs } from '../../../sandbox/server/extractionRule';
import { source } from './support';

const tool = (categories: string[] = []) => ({
	type: 'function',
	function: { name: 'save_pairs', parameters: pairsSchema(categories) },
});
const text = { type: 'text' };

function answerTo(ticket: ReturnType<typeof source>, categories: string[] = []) {
	const dialogue = dialogueOf(ticket, { internalNotes: true });
	const { text: question } = transcriptOf(ticket, dialogue, 100_000);
	const request = { tools: [tool(categories)], responseFormat: text, system: '' };
	return extractPairs(question, request);
}

it('takes the first question and the last public answer', () => {
	const answer = answerTo(
		source({
			question: 'Why is the VPN down?',
			messages: [
				['agent', 'Which error do you see on your screen?'],
				['requester', 'It is error 809'],
				['agent', 'Open the UDP ports of the firewall'],
				['agent', 'internal: vendor bug', false],
			],
		}),
	);
	expect(answer).toEqual({
		pairs: [
			{
				question: 'Why is the VPN down?',
				answer: 'Open the UDP ports of the firewall',
				solved: true,
				language: 'en',
				category: 'general',
				confidence: 0.9,
			},
		],
	});
});

it('makes a pair of each number', () => {
	const answer = answerTo(
		source({
			question: 'Hello,\n1. My mouse is dead\n2) Where is the printer?\nI am on floor 3',
			messages: [['agent', '1. Take one from the shelf\n\n2. In room 312']],
		}),
	);
	expect(answer!.pairs).toEqual([
		expect.objectContaining({ question: 'My mouse is dead', answer: 'Take one from the shelf' }),
		expect.objectContaining({
			question: 'Where is the printer?\nI am on floor 3',
			answer: 'In room 312',
		}),
	]);
});

it('says that a ticket without an answer is not solved', () => {
	const answer = answerTo(source({ question: 'Why?', messages: [] }));
	expect(answer!.pairs).toEqual([
		expect.objectContaining({ solved: false, answer: '', confidence: 0.2 }),
	]);
});

it.each([
	['en', 'I cannot open my mailbox and it is full'],
	['de', 'Ich kann mein Postfach nicht öffnen und die Mails sind weg'],
	['fr', "Je ne peux pas ouvrir ma boîte et les messages sont dans l'archive"],
	['es', 'No puedo abrir el correo y los mensajes no están en la bandeja'],
	['ja', 'メールボックスを開けません'],
	['zh', '我无法打开邮箱'],
	['ar', 'لا أستطيع فتح صندوق البريد'],
	['ru', 'Не могу открыть почтовый ящик'],
	['und', '12345'],
])('sees %s', (language, question) => {
	const answer = answerTo(source({ question, messages: [] }));
	expect(answer!.pairs).toEqual([expect.objectContaining({ language })]);
});

it.each([
	[['hardware', 'access'], 'access'],
	[['network', 'Other'], 'Other'],
	[['network', 'email'], 'network'],
])('picks one of the categories %j', (categories, category) => {
	const answer = answerTo(source({ question: 'Grant me access' }), categories);
	expect(answer!.pairs).toEqual([expect.objectContaining({ category })]);
});

it('answers JSON formats as well, and no other chat', () => {
	const ticket = '<ticket_data>\n<ticket_title>A</ticket_title>\n</ticket_data>';
	const plain = { tools: [], responseFormat: text, system: '' };
	expect(extractPairs(ticket, plain)).toBeUndefined();
	expect(extractPairs('Hello', { ...plain, tools: [tool()] })).toBeUndefined();
	const schema = {
		type: 'json_schema',
		json_schema: { name: 'save_pairs', schema: pairsSchema(['a']) },
	};
	expect(extractPairs(ticket, { ...plain, responseFormat: schema })!.pairs).toHaveLength(1);
	const object = { ...plain, responseFormat: { type: 'json_object' } };
	expect(extractPairs(ticket, object)).toBeUndefined();
	expect(extractPairs(ticket, { ...object, system: 'like save_pairs: {"a' })!.pairs).toHaveLength(
		1,
	);
});

it('always answers in the shape that is asked for', () => {
	fc.assert(
		fc.property(fc.string(), fc.string(), (question, answer) => {
			const ticket = source({ question: `Q ${question}`, messages: [['agent', `A ${answer}`]] });
			expect(readPairs(answerTo(ticket))).toHaveProperty('pairs');
		}),
	);
});
