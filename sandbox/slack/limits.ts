/**
 * The limits of what an app may post.
 * https://docs.slack.dev/reference/methods/chat.postMessage
 */
import { SlackRefusal } from './refusal';
import type { Json } from './types';

const MAX_TEXT = 40_000;
const MAX_MARKDOWN = 12_000;
const MAX_BLOCKS = 50;
const MAX_BLOCK_CHARACTERS = 13_200;
const MAX_SECTION_TEXT = 3_000;
const MAX_METADATA = 16_000;
/** The kinds of block that may stand in a message. */
const BLOCKS = new Set([
	'actions',
	'card',
	'carousel',
	'context',
	'context_actions',
	'divider',
	'file',
	'header',
	'image',
	'input',
	'markdown',
	'plan',
	'rich_text',
	'section',
	'table',
	'task_card',
	'video',
]);

export interface Content {
	text: string;
	blocks?: Json[];
	metadata?: Json;
}

/** The content of chat.postMessage and chat.update. @throws SlackRefusal as Slack refuses */
export function contentOf(args: Json): Content {
	const { text, markdown_text: markdown } = args;
	const blocks = blocksOf(args.blocks);
	const metadata = metadataOf(args.metadata);
	if (markdown !== undefined && markdown !== '') {
		if (text || blocks) throw new SlackRefusal('markdown_text_conflict');
		const shown = markdownOf(markdown);
		return { text: shown, blocks: [markdownBlock(shown)], metadata };
	}
	const plain = typeof text === 'string' ? text : '';
	if (plain === '' && !blocks && !args.attachments) throw new SlackRefusal('no_text');
	return { text: plain.slice(0, MAX_TEXT), blocks, metadata };
}

/** A text for a stream. @throws SlackRefusal when it is too long or no text */
export function markdownOf(value: unknown): string {
	if (typeof value !== 'string') throw new SlackRefusal('invalid_arguments');
	if (value.length > MAX_MARKDOWN) throw new SlackRefusal('msg_too_long');
	return value;
}

export const markdownBlock = (text: string): Json => ({ type: 'markdown', text, block_id: 'text' });

/** Blocks as an array or, in a form, as JSON; undefined when there are none. */
export function blocksOf(value: unknown): Json[] | undefined {
	const blocks = parsed(value, 'invalid_blocks_format');
	if (blocks === undefined) return undefined;
	if (!Array.isArray(blocks)) throw new SlackRefusal('invalid_blocks_format');
	if (blocks.length === 0) return undefined;
	const problems = blocks.flatMap((block, index) => problemOf(block as Json, index) ?? []);
	if (blocks.length > MAX_BLOCKS) problems.push(`no more than ${MAX_BLOCKS} items allowed`);
	if (problems.length > 0) throw invalidBlocks(problems);
	const characters = blocks.reduce((sum: number, block) => sum + textLength(block as Json), 0);
	if (characters > MAX_BLOCK_CHARACTERS) throw new SlackRefusal('msg_blocks_too_long');
	return (blocks as Json[]).map((block, index) => ({ block_id: `block-${index}`, ...block }));
}

function metadataOf(value: unknown): Json | undefined {
	const metadata = parsed(value, 'invalid_metadata_format') as Json | undefined;
	if (metadata === undefined) return undefined;
	const { event_type: type, event_payload: payload } = metadata;
	if (typeof type !== 'string' || typeof payload !== 'object' || payload === null)
		throw new SlackRefusal('invalid_metadata_format');
	if (JSON.stringify(metadata).length > MAX_METADATA) throw new SlackRefusal('metadata_too_large');
	return metadata;
}

function parsed(value: unknown, refusal: string): unknown {
	if (value === undefined || value === null || value === '') return undefined;
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		throw new SlackRefusal(refusal);
	}
}

function problemOf(block: Json, index: number): string | undefined {
	const at = `[json-pointer:/blocks/${index}`;
	if (typeof block?.type !== 'string' || !BLOCKS.has(block.type))
		return `unsupported type: ${String(block?.type)} ${at}/type]`;
	if (block.type === 'section' && textLength(block) > MAX_SECTION_TEXT)
		return `must be less than ${MAX_SECTION_TEXT + 1} characters ${at}/text/text]`;
	if (block.type === 'markdown' && textLength(block) > MAX_MARKDOWN)
		return `must be less than ${MAX_MARKDOWN + 1} characters ${at}/text]`;
	if (block.type === 'context_actions' && !isFeedback(block.elements))
		return `must have 1 to 5 feedback_buttons or icon_button ${at}/elements]`;
	return undefined;
}

function isFeedback(elements: unknown): boolean {
	if (!Array.isArray(elements) || elements.length < 1 || elements.length > 5) return false;
	return (elements as Json[]).every(
		({ type }) => type === 'feedback_buttons' || type === 'icon_button',
	);
}

function textLength({ text }: Json): number {
	if (typeof text === 'string') return text.length;
	const inner = (text as Json | undefined)?.text;
	return typeof inner === 'string' ? inner.length : 0;
}

function invalidBlocks(problems: string[]): SlackRefusal {
	return new SlackRefusal('invalid_blocks', {
		errors: problems,
		response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
	});
}
