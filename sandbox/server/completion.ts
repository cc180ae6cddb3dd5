import type { Body } from './check';
import type { ServedModel } from './models';
import { countTokens, firstTokens } from './tokens';
import { NOT_TRAINED, type Tutor } from './tutor';

export interface CompletionRequest {
	prompts: string[];
	n: number;
	stop: string[];
	maxTokens: number;
	echo: boolean;
}

export interface CompletionChoice extends Body {
	text: string;
	index: number;
	logprobs: null;
	finish_reason: 'stop' | 'length';
}

const ECHO_LENGTH = 60;

/**
 * Completes prompts: a tuned model with the nearest of its trained answers, `sandbox-instruct` with a sentence that
 * says what it is and repeats the end of the prompt.
 */
export function completePrompt(
	{ prompts, n, stop, maxTokens, echo }: CompletionRequest,
	model: ServedModel,
	tutor: Tutor,
): { choices: CompletionChoice[]; usage: Body } {
	const choices = prompts.flatMap((prompt, position) =>
		Array.from({ length: n }, (_, index): CompletionChoice => {
			const whole = cutAtStop(` ${writtenOn(prompt, model, tutor, index)}`, stop);
			const text = firstTokens(whole, maxTokens);
			return {
				text: (echo ? prompt : '') + text,
				index: position * n + index,
				logprobs: null,
				finish_reason: text.length < whole.length ? 'length' : 'stop',
			};
		}),
	);
	const prompt_tokens = prompts.reduce((sum, prompt) => sum + countTokens(prompt), 0);
	const completion_tokens = choices.reduce((sum, { text }) => sum + countTokens(text), 0);
	const total_tokens = prompt_tokens + completion_tokens;
	return { choices, usage: { prompt_tokens, completion_tokens, total_tokens } };
}

function writtenOn(prompt: string, model: ServedModel, tutor: Tutor, index: number): string {
	if (model.tuned) {
		const lessons = tutor.lessonsFor(model, prompt, index + 1);
		return (lessons[index] ?? lessons[0])?.answer || NOT_TRAINED;
	}
	const end = prompt.trim().replace(/\s+/g, ' ').slice(-ECHO_LENGTH);
	return `[sandbox, no language model] You wrote: "${end}"`;
}

function cutAtStop(text: string, stop: string[]): string {
	const ends = stop.map((word) => text.indexOf(word)).filter((position) => position !== -1);
	return ends.length > 0 ? text.slice(0, Math.min(...ends)) : text;
}
