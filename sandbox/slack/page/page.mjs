/* global EventSource */
// The page of the Slack stand-in: conversations, threads, answers that grow, and the buttons below them.
import { element } from './dom.mjs';
import { messageElement, update } from './messages.mjs';

const PROMPTS = [
	'In the Q3 Workplace Environment Survey, what did employees rate as the lowest performing area?',
	'What was the main complaint in the 2025 Onboarding Experience Survey?',
	'How much is the training budget per person?',
];
const NEAR_END = 120;

const at = (id) => document.getElementById(id);
const log = at('log');
const text = at('text');

let state;
let channel;
/** Messages by `channel:ts`. */
const messages = new Map();
/** Status texts by `channel:thread`. */
const statuses = new Map();

const view = {
	person: (id) => state.people.find((one) => one.id === id) ?? { id, realName: id, isBot: false },
	name: (id) =>
		state.people.find((one) => one.id === id)?.realName ??
		state.channels.find((one) => one.id === id)?.name ??
		id,
	rate,
};

await start();

async function start() {
	state = await (await fetch('/client/start')).json();
	remember();
	at('team').textContent = state.team.name;
	showConnection(state.isConnected);
	at('channels').replaceChildren(...state.channels.map(channelButton));
	listen();
	wire();
	openChannel(state.channels[0].id);
}

function remember() {
	messages.clear();
	statuses.clear();
	for (const message of state.messages) messages.set(keyOf(message), message);
	for (const status of state.statuses) statuses.set(`${status.channel}:${status.threadTs}`, status);
}

function channelButton({ id, name, kind }) {
	const label = kind === 'im' ? name : `# ${name}`;
	const button = element(
		'button',
		{ type: 'button', 'data-channel': id, onclick: () => openChannel(id) },
		kind === 'im' ? element('img', { src: '/icon.svg', alt: '', class: 'dot' }) : undefined,
		label,
	);
	return element('li', {}, button);
}

function openChannel(id) {
	channel = state.channels.find((one) => one.id === id);
	const isDirect = channel.kind === 'im';
	for (const button of at('channels').querySelectorAll('button')) {
		const isCurrent = button.dataset.channel === id;
		if (isCurrent) button.setAttribute('aria-current', 'page');
		else button.removeAttribute('aria-current');
		if (isCurrent) button.classList.remove('unread');
	}
	at('title').textContent = isDirect ? channel.name : `# ${channel.name}`;
	at('about').textContent = isDirect
		? 'Direct messages with the app. Each question starts a thread.'
		: `A channel: mention @${state.bot.name} to ask. ${state.command} before a question asks without a message.`;
	at('mention').hidden = isDirect;
	text.placeholder = isDirect ? 'Ask a question' : `Message #${channel.name}`;
	at('text-label').textContent = text.placeholder;
	drawLog();
	if (isDirect) void post('opened', {});
	text.focus();
}

function drawLog() {
	log.replaceChildren();
	const own = [...messages.values()].filter((one) => one.channel === channel.id);
	if (own.length === 0) log.append(welcome());
	for (const message of own.sort((a, b) => Number(a.ts) - Number(b.ts))) place(message);
	for (const status of statuses.values()) showStatus(status);
	log.scrollTop = log.scrollHeight;
}

/** What a reader sees where nothing has been said yet. */
function welcome() {
	const isDirect = channel.kind === 'im';
	const ask = (question) => send(isDirect ? question : `@${state.bot.name} ${question}`);
	const prompt = (question) =>
		element('button', { type: 'button', class: 'prompt', onclick: () => ask(question) }, question);
	return element(
		'section',
		{ class: 'welcome', id: 'welcome' },
		element('img', { src: '/icon.svg', alt: '' }),
		element('h3', {}, state.bot.name),
		element('p', {}, 'Answers come from the fine-tuned model, through the workflow in n8n.'),
		element('div', { class: 'prompts' }, ...PROMPTS.map(prompt)),
	);
}

/** Puts a message where it belongs, or renews the one that is there. */
function place(message) {
	if (message.channel !== channel.id) return markUnread(message.channel);
	const known = log.querySelector(`.message[data-ts="${message.ts}"]`);
	if (known) return update(known, message, view);
	at('welcome')?.remove();
	const node = messageElement(message, view);
	const thread = message.thread_ts && threadOf(message.thread_ts);
	if (thread) thread.querySelector('.replies').append(node);
	else log.append(rootElement(message, node));
	return undefined;
}

function rootElement(message, node) {
	const replies = element('div', { class: 'replies' });
	const status = element('div', { class: 'status-place' });
	const article = element('article', { class: 'root', 'data-thread': message.ts }, node);
	article.setAttribute('aria-label', `Message of ${view.name(message.user)}`);
	const reply = element(
		'button',
		{ type: 'button', class: 'quiet reply', onclick: () => openReply(article, message) },
		'Reply in thread',
	);
	article.append(element('div', { class: 'thread' }, replies, status, reply));
	return article;
}

function threadOf(ts) {
	return log.querySelector(`article[data-thread="${ts}"]`);
}

function openReply(article, message) {
	article.querySelector('.reply').hidden = true;
	const field = element('textarea', { rows: 1, maxlength: 12_000, placeholder: 'Reply in thread' });
	field.setAttribute('aria-label', 'Reply in thread');
	const form = element(
		'form',
		{ class: 'reply-form' },
		field,
		element('button', { type: 'submit', class: 'send' }, 'Reply'),
	);
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		void send(field.value, message.thread_ts ?? message.ts);
		field.value = '';
	});
	sendOnEnter(field, form);
	article.querySelector('.thread').append(form);
	field.focus();
}

function showStatus({ channel: place, threadTs, text: shown, loadingMessages, user }) {
	const holder = place === channel.id ? threadOf(threadTs)?.querySelector('.status-place') : null;
	if (!holder) return;
	if (shown === '') return void holder.replaceChildren();
	const words = loadingMessages[0] ?? `${view.name(user)} ${shown}`;
	holder.replaceChildren(
		element(
			'p',
			{ class: 'thinking' },
			element(
				'span',
				{ class: 'dots', 'aria-hidden': 'true' },
				element('i'),
				element('i'),
				element('i'),
			),
			words,
		),
	);
	keepInView(holder);
}

function listen() {
	const source = new EventSource('/client/stream');
	let wasLost = false;
	source.addEventListener('hello', async () => {
		if (!wasLost) return;
		wasLost = false;
		state = await (await fetch('/client/start')).json();
		remember();
		showConnection(state.isConnected);
		drawLog();
	});
	source.addEventListener('error', () => {
		wasLost = true;
		at('connection').textContent = 'The stand-in has stopped. Trying again …';
	});
	const on = (name, act) => source.addEventListener(name, ({ data }) => act(JSON.parse(data)));
	on('message', (message) => {
		const isNearEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
		messages.set(keyOf(message), message);
		place(message);
		log.setAttribute('aria-busy', String([...messages.values()].some((one) => one.isStreaming)));
		if (isNearEnd && !message.thread_ts) log.scrollTop = log.scrollHeight;
		else keepInView(log.querySelector(`.message[data-ts="${message.ts}"]`));
	});
	on('deleted', (message) => {
		messages.delete(keyOf(message));
		log.querySelector(`.message[data-ts="${message.ts}"]`)?.remove();
	});
	on('status', (status) => {
		statuses.set(`${status.channel}:${status.threadTs}`, status);
		showStatus(status);
	});
	on('delivery', showDelivery);
}

function showDelivery({ type, state: end, status, milliseconds, attempts, isConnected }) {
	showConnection(isConnected);
	const where = at('delivery');
	const took = `${type}: answered ${status ?? 'nothing'} in ${milliseconds} ms`;
	where.textContent = end === 'failed' ? `${took}, given up after ${attempts} tries` : took;
	where.classList.toggle('bad', end !== 'delivered');
}

function showConnection(isConnected) {
	at('connection').textContent = isConnected
		? 'connected to n8n'
		: 'not connected: publish the workflow and set its address';
	at('connection').classList.toggle('bad', !isConnected);
}

function wire() {
	at('composer').addEventListener('submit', (event) => {
		event.preventDefault();
		void send(text.value);
		text.value = '';
	});
	sendOnEnter(text, at('composer'));
	at('mention').addEventListener('click', () => {
		text.value = `@${state.bot.name} ${text.value}`;
		text.focus();
	});
}

function sendOnEnter(field, form) {
	field.addEventListener('keydown', (event) => {
		if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
		event.preventDefault();
		form.requestSubmit();
	});
}

async function send(words, threadTs) {
	if (words.trim() === '') return;
	const { ok, error } = await post('messages', { channel: channel.id, text: words, threadTs });
	if (!ok) announce(`The message was not sent: ${error}.`);
	else if (!threadTs) log.scrollTop = log.scrollHeight;
}

async function rate(message, value) {
	const { ok } = await post('feedback', { channel: message.channel, ts: message.ts, value });
	announce(ok ? 'Your rating was sent.' : 'The app did not take the rating.');
}

async function post(path, body) {
	const response = await fetch(`/client/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	return await response.json();
}

function announce(words) {
	at('announcer').textContent = words;
}

function markUnread(id) {
	at('channels').querySelector(`[data-channel="${id}"]`)?.classList.add('unread');
}

/** The place where the reader is just writing a reply goes along. */
function keepInView(node) {
	const form = node?.closest('.thread')?.querySelector('form');
	const isWriting = form?.contains(document.activeElement);
	(isWriting ? form : node)?.scrollIntoView({ block: 'nearest' });
}

function keyOf(message) {
	return `${message.channel}:${message.ts}`;
}
