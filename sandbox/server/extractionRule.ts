import type { Body } from './check';

/** The function that the Q&A Extractor node asks for, and the name of its schema. */
export const SAVE_PAIRS = 'save_pairs';

interface Said {
	from: string;
	text: string;
}

/**
 * What the sandbox answers when it is asked for the pairs of question and answer of a ticket, `{pairs: […]}`; undefined
 * for every other chat. It understands nothing; the rule is:
 *
 * 1. The question is the first message of a requester, the answer the last public one of an agent or, before that, a
 *    closing note. Without an answer the problem is not solved.
 * 2. Where both are numbered lists of the same length, each number is a pair.
 * 3. The language is told by the script and by small frequent words.
 * 4. The category is the first one of the schema that stands in the ticket, else "other", else the first one.
 *
 * Whatever else stands in the ticket, such as instructions, changes nothing.
 */
export function extractPairs(
	question: string,
	{ tools, responseFormat, system }: { tools: Body[]; responseFormat: Body; system: string },
): Body | undefined {
	const schema = schemaOf(tools, responseFormat, system);
	const ticket = between(question, '<ticket_data>', '</ticket_data>');
	if (!schema || ticket === undefined) return undefined;
	const title = between(ticket, '<ticket_title>', '</ticket_title>') ?? '';
	const said = messagesOf(ticket);
	const asked = said.find(({ from }) => from === 'requester')?.text ?? title;
	const answered = said.findLast(({ from }) => from === 'agent')?.text ?? '';
	const words = `${title}\n${asked}\n${answered}`;
	const pairs = problems(asked, answered).map(([problem, solution]) => ({
		question: problem,
		answer: solution,
		solved: solution !== '',
		language: languageOf(`${problem}\n${solution}`),
		category: categoryOf(schema, words),
		confidence: solution === '' ? 0.2 : 0.9,
	}));
	return { pairs: pairs.filter((pair) => pair.question !== '') };
}

/** The schema of the function, or of the wanted JSON; `json_object` has it in the system message. */
function schemaOf(tools: Body[], format: Body, system: string): Body | undefined {
	const named = tools.map(({ function: body }) => body as Body);
	const tool = named.find(({ name }) => name === SAVE_PAIRS);
	if (tool) return (tool.parameters ?? {}) as Body;
	const wanted = (format.json_schema ?? {}) as Body;
	if (wanted.name === SAVE_PAIRS) return (wanted.schema ?? {}) as Body;
	return format.type === 'json_object' ? describedSchema(system) : undefined;
}

/** The schema at the end of the line that names it. */
function describedSchema(system: string): Body | undefined {
	const line = system.split('\n').find((one) => one.includes(`${SAVE_PAIRS}: {`));
	if (line === undefined) return undefined;
	try {
		return JSON.parse(line.slice(line.indexOf('{'))) as Body;
	} catch {
		return {};
	}
}

function messagesOf(ticket: string): Said[] {
	return ticket
		.split('<ticket_message ')
		.slice(1)
		.flatMap((part) => {
			const open = part.indexOf('>');
			const end = part.indexOf('</ticket_message>');
			const attributes = part.slice(0, Math.max(0, open));
			if (open === -1 || end < open || attributes.includes('internal note')) return [];
			const from = /^from="(\w+)"/.exec(attributes)?.[1] ?? '';
			return [{ from, text: part.slice(open + 1, end).trim() }];
		});
}

function problems(asked: string, answered: string): Array<[string, string]> {
	const questions = numbered(asked);
	const answers = numbered(answered);
	if (questions.length < 2 || questions.length !== answers.length) return [[asked, answered]];
	return questions.map((question, index) => [question, answers[index]]);
}

/** The entries of a list "1. … 2. …"; what stands before it is dropped, further lines belong to their entry. */
function numbered(text: string): string[] {
	const entries: string[] = [];
	for (const line of text.split('\n')) {
		const start = /^ {0,3}(\d{1,2})[.)] +(?=\S)/.exec(line);
		if (start && Number(start[1]) === entries.length + 1) entries.push(line.slice(start[0].length));
		else if (entries.length > 0) entries[entries.length - 1] += `\n${line}`;
	}
	return entries.map((entry) => entry.trim());
}

const SCRIPTS: Array<[string, RegExp]> = [
	['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
	['zh', /\p{Script=Han}/gu],
	['ko', /\p{Script=Hangul}/gu],
	['ar', /\p{Script=Arabic}/gu],
	['he', /\p{Script=Hebrew}/gu],
	['ru', /\p{Script=Cyrillic}/gu],
	['el', /\p{Script=Greek}/gu],
	['hi', /\p{Script=Devanagari}/gu],
	['th', /\p{Script=Thai}/gu],
];

const SMALL_WORDS: Array<[string, string]> = [
	['en', 'the and is to of you in it not for with my on this'],
	['de', 'der die das und ist nicht ich sie mit ein eine auf für bei'],
	['fr', 'le la les et est pas je vous un une des pour dans avec'],
	['es', 'el la los y es no un una que por para con en se'],
	['it', 'il la che e non un una per con di sono mi si'],
	['pt', 'o a os e não um uma que por para com em se'],
	['nl', 'de het een en is niet ik je van voor met op dat'],
];

function languageOf(text: string): string {
	const letters = text.match(/\p{L}/gu)?.length ?? 0;
	const script = SCRIPTS.find(([, pattern]) => (text.match(pattern)?.length ?? 0) > letters / 4);
	if (script) return script[0];
	const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
	const counts = SMALL_WORDS.map(([language, list]) => {
		const small = new Set(list.split(' '));
		return { language, count: words.filter((word) => small.has(word)).length };
	});
	const best = counts.reduce((a, b) => (b.count > a.count ? b : a));
	return best.count > 0 ? best.language : 'und';
}

function categoryOf(schema: Body, text: string): string {
	const pairs = propertyOf(schema, 'pairs').items;
	const names = propertyOf((pairs ?? {}) as Body, 'category').enum;
	if (!Array.isArray(names) || names.length === 0) return 'general';
	const categories = names.map(String);
	const lower = text.toLowerCase();
	return (
		categories.find((name) => lower.includes(name.toLowerCase())) ??
		categories.find((name) => name.toLowerCase() === 'other') ??
		categories[0]
	);
}

function propertyOf(schema: Body, name: string): Body {
	return (((schema.properties ?? {}) as Body)[name] ?? {}) as Body;
}

function between(text: string, open: string, close: string): string | undefined {
	const start = text.indexOf(open);
	const end = text.lastIndexOf(close);
	return start === -1 || end < start ? undefined : text.slice(start + open.length, end);
}
