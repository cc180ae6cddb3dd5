import type { Body } from './check';
import { textOf } from './lessons';
import type { ServedModel } from './models';
import type { Lesson } from './records';
import type { Tutor } from './tutor';

/** Among so many lessons that fit question and follow-up together, the first that was not said yet is taken. */
const LOOKED_AT = 5;

/**
 * Lessons for the last user message. One that fits none by itself ("And how many took part?") is read together with
 * the user message before it; what the conversation already holds is not said again.
 */
export function lessonsInConversation(
	messages: Body[],
	model: ServedModel,
	tutor: Tutor,
	count: number,
): Lesson[] {
	const asked = messages
		.filter(({ role }) => role === 'user')
		.map(({ content }) => textOf(content));
	const question = asked.at(-1) ?? '';
	const direct = tutor.lessonsFor(model, question, count);
	if (direct.length > 0 || asked.length < 2) return direct;
	const said = new Set(messages.map(({ content }) => textOf(content)));
	return tutor
		.lessonsFor(model, `${asked.at(-2)}\n${question}`, LOOKED_AT)
		.filter(({ answer }) => !said.has(answer))
		.slice(0, count);
}
