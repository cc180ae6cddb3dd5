/** What an answer looks like as a message of Slack. */
import type { Block, Content, Metadata } from '../api/methods';
import { escapeMarkup } from './guard';

export interface Footer {
	/** In Slack's own markup; empty for none. */
	disclosure: string;
	feedbackButtons: boolean;
}

/** An event type of ours in a message's metadata. */
export const ANSWER_EVENT = 'fine_tuned_answer';
/** A text for the person who asked, in place of an answer; no part of the conversation. */
export const FAILURE_EVENT = 'fine_tuned_answer_failed';
/** Of the feedback buttons, whose values are `good` and `bad`. */
export const FEEDBACK_ACTION = 'fine_tuned_answer_feedback';

const MAX_QUESTION_CHARS = 3_000;
/** Slack counts the metadata as JSON in ASCII, and takes about 8 kB. */
const MAX_QUESTION_BYTES = 6_000;
/** Of a context block's text: https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
const MAX_DISCLOSURE_CHARS = 2_000;

/** The lines and buttons below an answer. */
export function footerBlocks({ disclosure, feedbackButtons }: Footer): Block[] {
	const text = disclosure.trim().slice(0, MAX_DISCLOSURE_CHARS);
	return [
		...(text ? [{ type: 'context', elements: [{ type: 'mrkdwn', text }] }] : []),
		...(feedbackButtons ? [feedbackBlock()] : []),
	];
}

/** Markdown with blocks below it. Slack takes `markdown_text` alone only, so with blocks the text becomes one, too. */
export function contentOf(markdown: string, blocks: Block[] = []): Content {
	if (blocks.length === 0) return { markdown_text: markdown };
	return {
		text: escapeMarkup(markdown),
		blocks: [{ type: 'markdown', text: markdown }, ...blocks],
	};
}

/** What feedback on an answer needs to know later. */
export function answerMetadata(facts: {
	answerId: string;
	/** 1 for the first. */
	part: number;
	question: string;
	model: string;
}): Metadata {
	return {
		event_type: ANSWER_EVENT,
		event_payload: {
			question: keptQuestion(facts.question),
			model: facts.model,
			answer_id: facts.answerId,
			part: facts.part,
		},
	};
}

export function failureMetadata(answerId: string, part = 1): Metadata {
	return { event_type: FAILURE_EVENT, event_payload: { answer_id: answerId, part } };
}

function feedbackBlock(): Block {
	const text = (words: string) => ({ type: 'plain_text', text: words });
	return {
		type: 'context_actions',
		elements: [
			{
				type: 'feedback_buttons',
				action_id: FEEDBACK_ACTION,
				positive_button: {
					text: text('Good answer'),
					accessibility_label: 'This answer was good',
					value: 'good',
				},
				negative_button: {
					text: text('Bad answer'),
					accessibility_label: 'This answer was bad',
					value: 'bad',
				},
			},
		],
	};
}

function keptQuestion(question: string): string {
	let kept = question.slice(0, MAX_QUESTION_CHARS);
	let bytes = 0;
	for (let index = 0; index < kept.length; index++) {
		const unit = kept.charCodeAt(index);
		bytes += unit > 126 || unit < 32 ? 6 : unit === 34 || unit === 92 ? 2 : 1;
		if (bytes > MAX_QUESTION_BYTES) kept = kept.slice(0, index);
	}
	// A surrogate that has lost its other half.
	return /[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept;
}
