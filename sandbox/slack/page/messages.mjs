// One message as the reader sees it; it changes in place while it is streamed.
import { drawing, element } from './dom.mjs';
import { markdown, mrkdwn } from './markdown.mjs';

const THUMB_UP = [
	'M6 9v8H3V9zM6 9l3.5-6.5a1.8 1.8 0 0 1 2 2L11 8h4.5a1.6 1.6 0 0 1 1.6 2l-1.4 5.5A2 2 0 0 1 13.800 17H6',
];
const THUMB_DOWN = [
	'M14 11V3h3v8zM14 11l-3.500 6.500a1.800 1.800 0 0 1-2-2L9 12H4.500a1.600 1.600 0 0 1-1.600-2l1.400-5.500A2 2 0 0 1 6.200 3H14',
];

/**
 * @param {object} view - people's names by id, and what to do when a feedback button is pressed
 */
export function messageElement(message, view) {
	const person = view.person(message.user);
	const body = element('div', { class: 'body' });
	const node = element(
		'div',
		{ class: `message${person.isBot ? ' bot' : ''}`, 'data-ts': message.ts },
		avatar(person),
		element(
			'div',
			{ class: 'content' },
			element(
				'p',
				{ class: 'who' },
				element('strong', {}, person.realName),
				person.isBot ? element('span', { class: 'badge' }, 'App') : undefined,
				time(message.ts),
				message.ephemeralTo ? element('span', { class: 'note' }, 'Only visible to you') : undefined,
			),
			body,
		),
	);
	update(node, message, view);
	return node;
}

/** Shows the message as it is now. */
export function update(node, message, view) {
	const body = node.querySelector('.body');
	const focused = body.contains(document.activeElement)
		? document.activeElement.getAttribute('data-value')
		: null;
	body.replaceChildren(...contentOf(message, view));
	node.classList.toggle('streaming', Boolean(message.isStreaming));
	if (focused) body.querySelector(`[data-value="${focused}"]`)?.focus();
}

function contentOf(message, view) {
	const blocks = message.blocks ?? [];
	const hasWords = blocks.some(({ type }) => WORDS.has(type));
	const words = hasWords ? [] : mrkdwn(message.text, view.name);
	const edited = message.edited ? [element('p', { class: 'note' }, '(edited)')] : [];
	return [
		...words,
		...blocks.flatMap((block) => blockElements(block, message, view)),
		...edited,
		...reactionsOf(message),
	];
}

/** Kinds of block that repeat the text. `rich_text` of people's messages does so too, but is not shown. */
const WORDS = new Set(['markdown', 'section', 'header']);

function blockElements(block, message, view) {
	const text = typeof block.text === 'string' ? block.text : (block.text?.text ?? '');
	const isPlain = block.text?.type === 'plain_text';
	switch (block.type) {
		case 'markdown':
			return markdown(text, view.name);
		case 'section':
			return isPlain ? [element('p', {}, text)] : mrkdwn(text, view.name);
		case 'header':
			return [element('h3', {}, text)];
		case 'divider':
			return [element('hr')];
		case 'context':
			return [element('div', { class: 'context' }, ...contextOf(block, view))];
		case 'context_actions':
			return block.elements
				.filter(({ type }) => type === 'feedback_buttons')
				.map((buttons) => feedback(buttons, message, view));
		default:
			return [];
	}
}

function contextOf(block, view) {
	return (block.elements ?? []).flatMap(({ type, text }) =>
		type === 'mrkdwn' ? mrkdwn(text, view.name) : [element('p', {}, String(text ?? ''))],
	);
}

function feedback({ positive_button: good, negative_button: bad }, message, view) {
	const button = (one, paths) =>
		element(
			'button',
			{
				type: 'button',
				class: 'feedback',
				'data-value': one.value,
				'aria-pressed': String(message.feedback === one.value),
				'aria-label': one.accessibility_label,
				onclick: () => view.rate(message, one.value),
			},
			drawing(...paths),
			one.text?.text ?? one.value,
		);
	return element(
		'div',
		{ class: 'feedback-row', role: 'group', 'aria-label': 'Was this answer helpful?' },
		button(good, THUMB_UP),
		button(bad, THUMB_DOWN),
	);
}

function reactionsOf({ reactions }) {
	if (!reactions?.length) return [];
	const each = reactions.map(({ name, count }) => element('li', {}, `:${name}: ${count}`));
	return [element('ul', { class: 'reactions', 'aria-label': 'Reactions' }, ...each)];
}

function avatar({ realName, isBot }) {
	if (isBot) return element('img', { class: 'avatar', src: '/icon.svg', alt: '' });
	const initials = realName
		.split(' ')
		.map(([letter]) => letter)
		.join('');
	return element('span', { class: 'avatar', 'aria-hidden': 'true' }, initials);
}

function time(ts) {
	const date = new Date(Number(ts) * 1000);
	const shown = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
	return element('time', { datetime: date.toISOString() }, shown);
}
